/* ── Concept maps: a byte a place → a smooth field → an outline or a tint ── */
function decode(base64) {
  return Float32Array.from(atob(base64), c => c.charCodeAt(0) / 255);
}

/** Weights of the four neighbours in a Catmull-Rom spline, which goes through every value. */
function spline(t) {
  return [
    ((-t + 2) * t - 1) * t / 2,
    ((3 * t - 5) * t * t + 2) / 2,
    ((-3 * t + 4) * t + 1) * t / 2,
    (t - 1) * t * t / 2
  ];
}

/** Positions and weights of m + 1 points from edge to edge over n cells; edges repeat. */
function taps(n, m) {
  return Array.from({length: m + 1}, (_, i) => {
    const x = i / m * n - .5, at = Math.floor(x), w = spline(x - at);
    return w.map((weight, k) => [clamp(at + k - 1, 0, n - 1), weight]);
  });
}

/** A map of rows x columns as (m + 1) x (m + 1) values between 0 and 1, rows first. */
function smooth(map, rows, columns, m) {
  const tx = taps(columns, m), ty = taps(rows, m), out = [];
  const wide = Array.from({length: rows}, (_, r) =>
    tx.map(t => t.reduce((sum, [c, w]) => sum + w * map[r * columns + c], 0)));
  for (let j = 0; j <= m; j++) {
    out.push(tx.map((_, i) => clamp(ty[j].reduce((sum, [r, w]) => sum + w * wide[r][i], 0), 0, 1)));
  }
  return out;
}

/**
 * Where a field is at least t, in a square of 100 x 100: a path to fill, its edge, and its share of
 * the area. Each cell is cut along the line on which the field is t.
 */
function contour(field, t) {
  const m = field.length - 1, size = 100 / m;
  const at = p => (p[0] * size).toFixed(1) + ' ' + (p[1] * size).toFixed(1);
  let fill = '', edge = '', area = 0;
  for (let j = 0; j < m; j++) {
    let run = -1;
    const flush = i => {
      if (run >= 0) fill += `M${at([run, j])}H${(i * size).toFixed(1)}V${((j + 1) * size).toFixed(1)}H${(run * size).toFixed(1)}Z`;
      run = -1;
    };
    for (let i = 0; i < m; i++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(p => [...p, field[p[1]][p[0]]]);
      const inside = corners.filter(p => p[2] >= t).length;
      if (inside === 4) {
        if (run < 0) run = i;
        area++;
        continue;
      }
      flush(i);
      if (!inside) continue;
      const polygon = [], leave = [], enter = [];
      corners.forEach((a, k) => {
        const b = corners[(k + 1) % 4];
        if (a[2] >= t) polygon.push(a);
        if (a[2] >= t !== b[2] >= t) {
          const u = (t - a[2]) / (b[2] - a[2]), p = [a[0] + u * (b[0] - a[0]), a[1] + u * (b[1] - a[1])];
          polygon.push(p);
          (a[2] >= t ? leave : enter).push(p);
        }
      });
      fill += 'M' + polygon.map(at).join('L') + 'Z';
      area += polygon.reduce((sum, p, k) => {
        const q = polygon[(k + 1) % polygon.length];
        return sum + p[0] * q[1] - q[0] * p[1];
      }, 0) / 2;
      leave.forEach((p, k) => edge += `M${at(p)}L${at(enter[k % enter.length])}`);
    }
    flush(m);
  }
  return {fill, edge, share: area / m / m};
}

/** A tint and an outline in the concept's hue, white under it so that it shows on any picture. */
function outline(id, shape, tint) {
  const line = {fill: 'none', 'vector-effect': 'non-scaling-stroke', 'stroke-linecap': 'round', d: shape.edge};
  return [
    s('path', {d: shape.fill, fill: hueVar(id), 'fill-opacity': tint}),
    s('path', {...line, stroke: '#fff', 'stroke-opacity': .85, 'stroke-width': 5}),
    s('path', {...line, stroke: hueVar(id), 'stroke-width': 3})
  ];
}

/** Paints a field onto a canvas: the stronger, the more of the hue. */
function heat(canvas, field) {
  const m = field.length, rgb = getComputedStyle(canvas).color.match(/[\d.]+/g).map(Number);
  canvas.width = canvas.height = m;
  const g = canvas.getContext('2d'), data = g.createImageData(m, m);
  field.forEach((row, j) => row.forEach((v, i) => {
    const k = (j * m + i) * 4;
    data.data.set([rgb[0], rgb[1], rgb[2], 230 * v ** .8], k);
  }));
  g.putImageData(data, 0, 0);
}

const fine = () => Math.max(48, 2 * Math.max(DATA.rows, DATA.columns));
const field = (base64, m) => smooth(decode(base64), DATA.rows, DATA.columns, m || fine());

/**
 * The map of a concept in a picture, of the kind that is chosen: codes, or what an attribution
 * method says of the concept's code. Not every picture has every kind; codes are always there.
 */
function mapOf(p, id) {
  const kind = K.maps[state.map - 1], own = kind && p.also[state.map - 1];
  const has = own && own.length, map = decode(has ? own[id] : p.maps[id]);
  const rows = has ? kind.rows : DATA.rows, columns = has ? kind.columns : DATA.columns;
  return {map, rows, columns, kind: has ? kind : null, field: m => smooth(map, rows, columns, m || Math.max(48, 2 * Math.max(rows, columns)))};
}
