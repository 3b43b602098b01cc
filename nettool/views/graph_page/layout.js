// Places for boxes within boxes: layers from the edges, few crossings, straight chains (after Sugiyama et al. 1981).
//
// Each open group is laid out by itself and is then one box in what is around it. An edge that enters or leaves a
// group passes through a port on its border. Everything is worked out top-down; left-right swaps the axes.
"use strict";

const GAP = { along: 30, across: 26, padding: 16, title: 24 };
const MOST_BENDS = 20000;

// item: {id, width, height, children?, title?} with children only where it is an open group.
// edges: [[from id, to id]] between the innermost items. Returns {places: id → {x, y, width, height}, edges}, where
// each edge is {pairs: whom it joins, path: "M…", ends: whether an arrowhead belongs there}.
function layoutNetwork(root, edges, leftRight) {
  const holder = new Map();
  (function note(group) {
    for (const child of group.children) {
      holder.set(child.id, group);
      if (child.children) note(child);
    }
  })(root);
  const around = (id) => {
    const chain = [];
    for (let group = holder.get(id); group; group = holder.get(group.id)) chain.push(group);
    return chain;
  };
  const inside = new Map();
  const wire = (group, from, to, source, target) => {
    if (!inside.has(group)) inside.set(group, new Map());
    const wires = inside.get(group);
    const key = `${from.key} ${to.key}`;
    if (!wires.has(key)) wires.set(key, { from, to, pairs: [] });
    wires.get(key).pairs.push([source, target]);
  };
  for (const [source, target] of edges) {
    const [outOf, into] = [around(source), around(target)];
    const common = outOf.find((group) => into.includes(group));
    let from = { key: source, child: source };
    for (const group of outOf.slice(0, outOf.indexOf(common))) {
      const port = `out ${source} ${group.id}`;
      wire(group, from, { key: port, child: port, exit: true }, source, target);
      from = { key: port, child: group.id, port };
    }
    let to = { key: target, child: target };
    for (const group of into.slice(0, into.indexOf(common))) {
      const port = `in ${source} ${group.id}`;
      wire(group, { key: port, child: port, entry: true }, to, source, target);
      to = { key: port, child: group.id, port };
    }
    wire(common, from, to, source, target);
  }
  const result = { places: new Map(), edges: [] };
  arrange(root, inside, leftRight);
  place(root, 0, 0, leftRight, result);
  const outer = result.places.get(root.id);
  return { ...result, width: outer.width, height: outer.height };
}

// Lays a group's inside out; afterwards it has `box` (its size), `spots`, `lines` and `ports` (offset across).
function arrange(group, inside, leftRight) {
  const wires = [...(inside.get(group) || new Map()).values()];
  const spots = new Map();
  for (const child of group.children) {
    if (child.children) arrange(child, inside, leftRight);
    const [width, height] = child.box || (leftRight ? [child.height, child.width] : [child.width, child.height]);
    spots.set(child.id, { id: child.id, child, width, height, rank: 0 });
  }
  for (const { from, to } of wires)
    for (const end of [from, to])
      if (!spots.has(end.child)) spots.set(end.child, { id: end.child, port: true, ...end, width: 8, height: 0, rank: 0 });
  rankByLongestWay(spots, wires);
  const layers = layered(spots, wires);
  reduceCrossings(layers);
  placeAcross(layers);
  stack(group, layers, leftRight);
  group.spots = [...spots.values()];
  group.lines = wires.map((wire) => line(wire, spots));
}

function rankByLongestWay(spots, wires) {
  const [following, waiting] = [new Map(), new Map()];
  for (const { from, to } of wires) {
    if (from.child === to.child) continue;
    following.set(from.child, [...(following.get(from.child) || []), to.child]);
    waiting.set(to.child, (waiting.get(to.child) || 0) + 1);
  }
  const first = [...spots.values()].some((spot) => spot.entry) ? 1 : 0;
  for (const spot of spots.values()) spot.rank = spot.entry ? 0 : first;
  const ready = [...spots.keys()].filter((id) => !waiting.get(id));
  const seen = new Set();
  const order = [...spots.keys()];
  let next = 0;
  while (seen.size < spots.size) {
    // Boxes of blocks may feed each other in a circle: then the first one that is left goes on.
    if (!ready.length) {
      while (seen.has(order[next])) next += 1;
      ready.push(order[next]);
    }
    const id = ready.shift();
    if (seen.has(id)) continue;
    seen.add(id);
    for (const after of following.get(id) || []) {
      if (seen.has(after)) continue;
      spots.get(after).rank = Math.max(spots.get(after).rank, spots.get(id).rank + 1);
      waiting.set(after, waiting.get(after) - 1);
      if (waiting.get(after) <= 0) ready.push(after);
    }
  }
  const last = Math.max(0, ...[...spots.values()].map((spot) => spot.rank + (spot.exit ? 0 : 1)));
  for (const spot of spots.values()) if (spot.exit) spot.rank = last;
}

// The layers with a bend for each one that an edge crosses; every spot gets `up` and `down`: [spot, weight].
function layered(spots, wires) {
  const layers = [];
  const put = (spot) => {
    (layers[spot.rank] ||= []).push(spot);
    [spot.up, spot.down] = [[], []];
  };
  for (const spot of spots.values()) put(spot);
  let bends = 0;
  for (const wire of wires) {
    let [above, below] = [spots.get(wire.from.child), spots.get(wire.to.child)];
    if (above.rank > below.rank) [above, below] = [below, above];
    wire.bends = [];
    const span = below.rank - above.rank;
    if (span < 1 || bends + span > MOST_BENDS) continue;
    bends += span - 1;
    let last = above;
    for (let rank = above.rank + 1; rank < below.rank; rank += 1) {
      const bend = { bend: true, width: 10, height: 0, rank };
      put(bend);
      wire.bends.push(bend);
      join(last, bend, last.bend ? 8 : 1, last === above ? shift(wire, above) : 0, 0);
      last = bend;
    }
    join(last, below, span > 1 ? 1 : 2, last === above ? shift(wire, above) : 0, shift(wire, below));
  }
  for (let rank = 0; rank < layers.length; rank += 1) layers[rank] ||= [];
  return layers;
}

function join(above, below, weight, aboveShift, belowShift) {
  above.down.push([below, weight, belowShift - aboveShift]);
  below.up.push([above, weight, aboveShift - belowShift]);
}

// How far from the middle of a box the edge meets it.
function shift(wire, spot) {
  const end = wire.from.child === spot.id ? wire.from : wire.to;
  return end.port ? spot.child.ports.get(end.port) - spot.width / 2 : 0;
}

function reduceCrossings(layers) {
  const number = (layer) => layer.forEach((spot, place) => (spot.order = place));
  layers.forEach(number);
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers);
  for (let sweep = 0; sweep < 12 && fewest > 0; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      for (const spot of layer) {
        const near = down ? spot.up : spot.down;
        spot.wish = near.length ? near.reduce((sum, [other]) => sum + other.order, 0) / near.length : spot.order;
      }
      layer.sort((one, other) => one.wish - other.wish);
      number(layer);
    }
    const found = crossings(layers);
    if (found < fewest) [fewest, best] = [found, layers.map((layer) => [...layer])];
  }
  layers.forEach((layer, rank) => layer.splice(0, layer.length, ...best[rank]));
  layers.forEach(number);
}

function crossings(layers) {
  let count = 0;
  for (const layer of layers) {
    const ends = layer.flatMap((spot) => spot.down.map(([below]) => [spot.order, below.order]));
    if (ends.length > 400) continue;
    for (let one = 0; one < ends.length; one += 1)
      for (let other = one + 1; other < ends.length; other += 1)
        if ((ends[one][0] - ends[other][0]) * (ends[one][1] - ends[other][1]) < 0) count += 1;
  }
  return count;
}

// Each spot wants to stand over its strongest neighbours; what wants the same place shares it.
function placeAcross(layers) {
  for (const layer of layers) {
    let edge = 0;
    for (const spot of layer) {
      spot.across = edge + spot.width / 2;
      edge += spot.width + GAP.across;
    }
    for (const spot of layer) spot.across -= (edge - GAP.across) / 2;
  }
  // The last passes look one way only, so that chains come out straight.
  for (let pass = 0; pass < 24; pass += 1) {
    const down = pass % 2 === 1;
    for (const layer of down ? layers : [...layers].reverse()) {
      const wishes = layer.map((spot) => {
        const near = pass === 20 || pass === 21 ? [...spot.up, ...spot.down] : down ? spot.up : spot.down;
        const strongest = Math.max(0, ...near.map(([, weight]) => weight));
        const wanted = near.filter(([, weight]) => weight === strongest);
        if (!wanted.length) return spot.across;
        return wanted.reduce((sum, [other, , offset]) => sum + other.across + offset, 0) / wanted.length;
      });
      spread(layer, wishes);
    }
  }
}

// The places nearest to the wishes that keep the order and the distances (pool adjacent violators).
function spread(layer, wishes) {
  let offset = 0;
  const offsets = layer.map((spot, place) => {
    if (place) offset += (layer[place - 1].width + spot.width) / 2 + GAP.across * (spot.bend || layer[place - 1].bend ? 0.6 : 1);
    return offset;
  });
  const pools = [];
  layer.forEach((spot, place) => {
    let pool = { weight: spot.bend ? 1 : spot.port ? 30 : 1000, count: 1 };
    pool.sum = pool.weight * (wishes[place] - offsets[place]);
    while (pools.length && pools.at(-1).sum / pools.at(-1).weight > pool.sum / pool.weight) {
      const before = pools.pop();
      pool = { weight: before.weight + pool.weight, sum: before.sum + pool.sum, count: before.count + pool.count };
    }
    pools.push(pool);
  });
  let place = 0;
  for (const pool of pools)
    for (let number = 0; number < pool.count; number += 1, place += 1)
      layer[place].across = pool.sum / pool.weight + offsets[place];
}

function stack(group, layers, leftRight) {
  const padding = group.title === undefined ? 0 : GAP.padding;
  const [before, top] = [padding + (leftRight && padding ? GAP.title : 0), padding && !leftRight ? GAP.title : 0];
  let along = padding ? top + 2 : 0;
  const all = layers.flat();
  const left = Math.min(0, ...all.map((spot) => spot.across - spot.width / 2));
  const right = Math.max(0, ...all.map((spot) => spot.across + spot.width / 2));
  // The farther edges go aside between two layers, the more room they get.
  const aside = layers.map((layer) =>
    Math.max(0, ...layer.flatMap((spot) => spot.down.map(([below, , offset]) => Math.abs(spot.across - below.across - offset)))),
  );
  for (const [rank, layer] of layers.entries()) {
    const depth = Math.max(0, ...layer.map((spot) => spot.height));
    for (const spot of layer) {
      spot.across += before - left;
      [spot.top, spot.bottom] = [along + (depth - spot.height) / 2, along + (depth + spot.height) / 2];
      if (spot.bend) [spot.top, spot.bottom] = [along, along + depth];
      if (spot.entry) spot.top = spot.bottom = 0;
    }
    const bare = !leftRight && layer.every((spot) => spot.port) ? 0.5 : 1;
    along += depth + (rank < layers.length - 1 ? GAP.along * bare + Math.min(50, aside[rank] / 12) : 0);
  }
  along += layers.at(-1)?.some((spot) => spot.exit) ? 0 : padding;
  const width = right - left + before + padding;
  const least = leftRight ? 0 : group.titleWidth || 0;
  const extra = Math.max(0, least - width) / 2;
  for (const spot of all) spot.across += extra;
  group.box = [width + 2 * extra, Math.max(along, leftRight ? group.titleWidth || 0 : 0)];
  for (const spot of all) if (spot.exit) spot.top = spot.bottom = group.box[1];
  group.ports = new Map(all.filter((spot) => spot.port).map((spot) => [spot.id, spot.across]));
}

// The corners of an edge within its group: [across, along, goes straight on to the next].
function line(wire, spots) {
  const [above, below] = [spots.get(wire.from.child), spots.get(wire.to.child)];
  const points = [[above.across + shift(wire, above), above.bottom, false]];
  const bends = above.rank > below.rank ? [...wire.bends].reverse() : wire.bends;
  for (const bend of bends) points.push([bend.across, bend.top, true], [bend.across, bend.bottom, false]);
  points.push([below.across + shift(wire, below), below.top, false]);
  const ends = !wire.to.exit && !wire.to.port;
  return { pairs: wire.pairs, points, ends };
}

function place(group, across, along, leftRight, result) {
  const swap = (one, other) => (leftRight ? [other, one] : [one, other]);
  const [x, y] = swap(across, along);
  const [width, height] = swap(...group.box);
  result.places.set(group.id, { x, y, width, height });
  for (const { pairs, points, ends } of group.lines) {
    const at = points.map(([one, other]) => swap(...[across + one, along + other].map((value) => Math.round(10 * value) / 10)));
    let path = `M${at[0]}`;
    for (let number = 1; number < at.length; number += 1) {
      const [[x0, y0], [x1, y1]] = [at[number - 1], at[number]];
      if (points[number - 1][2] || (leftRight ? y0 === y1 : x0 === x1)) path += `L${x1},${y1}`;
      else if (leftRight) path += `C${(x0 + x1) / 2},${y0} ${(x0 + x1) / 2},${y1} ${x1},${y1}`;
      else path += `C${x0},${(y0 + y1) / 2} ${x1},${(y0 + y1) / 2} ${x1},${y1}`;
    }
    result.edges.push({ pairs, path, ends });
  }
  for (const spot of group.spots) {
    if (spot.port) continue;
    const [corner, top] = [across + spot.across - spot.width / 2, along + spot.top];
    if (spot.child.children) place(spot.child, corner, top, leftRight, result);
    else {
      const [childX, childY] = swap(corner, top);
      result.places.set(spot.id, { x: childX, y: childY, width: spot.child.width, height: spot.child.height });
    }
  }
}
