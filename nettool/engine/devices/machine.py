"""What a run's bits depend on besides its spec, its data and the versions at work."""

import tensorflow as tf

from nettool.data.process_limits import processors
from nettool.files.surroundings import watched_variables
from nettool.record.files.hardware import this_machine


def machine() -> dict[str, str]:
    """By name: the processor, how many there are, threads where so many are asked for, variables."""
    threads = {
        "intra-op threads": tf.config.threading.get_intra_op_parallelism_threads(),
        "inter-op threads": tf.config.threading.get_inter_op_parallelism_threads(),
    }
    return {
        "processor": this_machine().processor,
        "processors": str(processors()),
        **{name: str(count) for name, count in threads.items() if count},
        **watched_variables(),
    }
