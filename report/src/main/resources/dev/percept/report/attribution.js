/* ── Maps side by side ── */
const SIDE = 224;
const HUES = {up: [200, 82, 0], down: [0, 103, 163]};
const drawn = [];
let under = true;

const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

/** The map as an image of its own size: colour says the sign, opacity the strength. */
function heat(map, isSigned, strong) {
  const canvas = h('canvas');
  canvas.width = map.columns;
  canvas.height = map.rows;
  const context = canvas.getContext('2d'), pixels = context.createImageData(map.columns, map.rows);
  bytes(map.bytes).forEach((b, i) => {
    const v = isSigned ? (b - 128) / 127 : b / 255;
    const hue = v < 0 ? HUES.down : HUES.up;
    pixels.data.set([...hue, Math.round(255 * Math.min(1, Math.abs(v) ** .8 * strong))], i * 4);
  });
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** A map over its picture, which is shown grey and pale so that only the map has colour. */
function draw(canvas, img, map, isSigned) {
  const context = canvas.getContext('2d');
  canvas.width = canvas.height = SIDE;
  const fit = Math.min(SIDE / img.naturalWidth, SIDE / img.naturalHeight);
  const w = img.naturalWidth * fit, hh = img.naturalHeight * fit, x = (SIDE - w) / 2, y = (SIDE - hh) / 2;
  context.imageSmoothingEnabled = img.naturalWidth > 80;
  context.fillStyle = dark() ? '#101214' : '#ffffff';
  context.fillRect(0, 0, SIDE, SIDE);
  if (under) {
    context.filter = 'grayscale(1)';
    context.globalAlpha = .55;
    context.drawImage(img, x, y, w, hh);
    context.filter = 'none';
    context.globalAlpha = 1;
  }
  // Cells stay cells: only a map about as fine as the picture is smoothed.
  context.imageSmoothingEnabled = map.columns * 2 >= img.naturalWidth;
  context.drawImage(heat(map, isSigned, under ? .92 : 1), x, y, w, hh);
}

const redraw = () => drawn.forEach(f => f());

function gapWords(gap) {
  const off = Math.abs(gap.sum - gap.expected), all = Math.abs(gap.expected);
  return `adds up to ${num(gap.sum)} of ${num(gap.expected)}` +
    (all > 0 ? `, ${pct(off / all, 1)} off` : '');
}

function cell(row, method, map, i) {
  const label = `${method.name}, ${row.name}`;
  const canvas = h('canvas', {role: 'img', 'aria-label': label});
  canvas.width = canvas.height = 1;
  const empty = !map.heat.scale;
  row.image.decode().then(() => {
    const paint = () => draw(canvas, row.image, map.heat, method.signed);
    drawn.push(paint);
    paint();
  }).catch(() => canvas.classList.add('broken'));
  return h('td', {}, h('figure', {}, canvas, h('figcaption', {}, h('b', {}, method.name),
    empty ? 'zero everywhere' : null, !empty && map.gap ? gapWords(map.gap) : null)));
}

function seconds(v) {
  return v < .095 ? Math.max(1, Math.round(v * 1000)) + NBSP + 'ms' : num(v, v < 10 ? 1 : 0) + NBSP + 's';
}

function page() {
  $('ask').textContent = DATA.ask;
  $('headline').textContent = DATA.headline;
  $('caution').textContent = DATA.caution;
  $('caution').hidden = !DATA.caution;
  for (const m of DATA.methods) {
    $('heads').append(h('th', {scope: 'col'}, h('b', {}, m.name), m.settings ? m.settings + '. ' : null,
      m.baseline ? `Baseline: ${m.baseline}. ` : 'No baseline. ', m.signed ? 'With sign.' : 'Without sign.'));
    $('about').append(h('div', {}, h('dt', {}, m.name), h('dd', {}, m.about),
      h('dd', {}, `${m.passes} and ${seconds(m.seconds)} a picture` +
        (known(m.agreement) ? `; agrees ${num(m.agreement)}` : ''))));
  }
  for (const row of DATA.pictures) {
    row.image = new Image();
    row.image.src = row.src;
    const shown = h('img', {src: row.src, alt: row.name});
    row.image.decode().then(() => shown.classList.toggle('pix', row.image.naturalWidth < 80)).catch(() => {});
    $('rows').append(h('tr', {}, h('th', {scope: 'row'}, shown, row.name, h('br'),
      h('span.small', {}, `${row.label}: logit ${num(row.score)}` +
        (row.instead ? `; the model answers ${row.instead}` : ''))),
    ...row.maps.map((map, i) => cell(row, DATA.methods[i], map, i))));
  }
  for (const note of DATA.notes) $('notes').append(h('li', {}, note));
  for (const [k, v] of DATA.facts) $('facts').append(h('dt', {}, k), h('dd', {}, v));
  for (const box of document.querySelectorAll('[name=under]')) {
    box.addEventListener('change', () => {
      under = box.value === '1';
      redraw();
    });
  }
  $('theme').addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    theme();
    redraw();
  });
  system.addEventListener('change', () => {
    theme();
    redraw();
  });
  theme();
}

page();
