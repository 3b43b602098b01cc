"""What the files of a run hold, key by key. Runs of older versions lack what stands under `optional`."""

from typing import get_args

from nettool.data.field import FieldKind
from nettool.record.disk.forms import (
    ANYTHING,
    COUNT,
    MEASURED,
    NUMBER,
    SECONDS,
    TEXT,
    TIME,
    TRUTH,
    WHOLE,
    list_of,
    map_of,
    one_of,
    or_null,
    record,
    row_of,
)

_METRICS = map_of(MEASURED)

STATUS = record(
    {
        "state": one_of(("running", "finished", "interrupted", "failed")),
        "started": TIME,
        "pid": WHOLE,
    },
    {"why": or_null(TEXT), "ended": or_null(TIME), "trial": or_null(TEXT)},
)

RESULTS = record(
    {
        "epochs": COUNT,
        "parameters": or_null(COUNT),
        "final": _METRICS,
        "best": or_null(record({"epoch": COUNT, "by": TEXT, "figures": _METRICS})),
        "test": _METRICS,
        "timings": map_of(SECONDS),
        "expectations": list_of(
            record(
                {"figure": TEXT, "relation": TEXT, "value": NUMBER},
                {"measured": MEASURED, "held": or_null(TRUTH), "why": or_null(TEXT)},
            )
        ),
    },
    {"better": map_of(one_of(("min", "max")))},
)

_NUMBER_TYPES = (
    *("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("bool", "float16", "float32", "float64"),
)
_FIELD = record(
    {
        "name": TEXT,
        "kind": one_of(get_args(FieldKind)),
        "shape": list_of(or_null(COUNT)),
        "dtype": one_of(_NUMBER_TYPES),
    },
    {"highest": NUMBER, "classes": list_of(TEXT)},
)

PREPARATION = record(
    {
        "fields": list_of(_FIELD),
        "scales": map_of(record({"shift": list_of(NUMBER), "divisor": list_of(NUMBER)})),
    }
)

SPLIT = record({"format": COUNT, "basis": map_of(one_of(("values", "files")))})

_SAMPLE = record(
    {
        "number": COUNT,
        "images": list_of(TEXT),
        "words": TEXT,
        "wanted": TEXT,
        "ranked": list_of(row_of(TEXT, MEASURED)),
    }
)

OBSERVATIONS = record(
    {
        "samples": map_of(COUNT),
        "peak_memory": or_null(COUNT),
        "classes": list_of(
            record(
                {
                    "output": TEXT,
                    "classes": list_of(TEXT),
                    "matrix": list_of(list_of(COUNT)),
                    "are_probabilities": TRUTH,
                    "samples": list_of(_SAMPLE),
                    "mistakes": list_of(_SAMPLE),
                },
                {
                    "by_class": list_of(
                        record(
                            {"true": COUNT, "given": COUNT, "right": COUNT},
                            {"mistaken_for": or_null(COUNT), "mistakes": COUNT},
                        )
                    ),
                    "confused": list_of(row_of(COUNT, COUNT, COUNT)),
                },
            )
        ),
        "numbers": list_of(
            record(
                {
                    "output": TEXT,
                    "name": TEXT,
                    "samples": COUNT,
                    "mean_absolute_error": MEASURED,
                    "root_mean_square_error": MEASURED,
                    "spread": MEASURED,
                    "pairs": list_of(row_of(MEASURED, MEASURED)),
                }
            )
        ),
        "images": list_of(record({"output": TEXT, "pairs": list_of(row_of(TEXT, TEXT))})),
        "filters": or_null(TEXT),
    }
)

STATE = record(
    {
        "identity": record(
            {"spec": TEXT, "data": map_of(TEXT), "versions": map_of(TEXT)},
            {"former": map_of(TEXT), "machine": map_of(TEXT), "resolved": TEXT, "code": map_of(TEXT)},
        ),
        "position": record({"epoch": COUNT, "step": COUNT}),
        "is_over": TRUTH,
        "seconds": SECONDS,
        "history": list_of(row_of(COUNT, COUNT, _METRICS, MEASURED, SECONDS)),
        "callbacks": map_of(map_of(ANYTHING)),
        "arrays": map_of(list_of(record({"name": TEXT, "dtype": TEXT}))),
    }
)
