/* ── How it was made, what it cannot tell, and the words ── */
const GLOSSARY = [
  ['activation', 'How strongly a part of the network answers to a crop. Zero means not at all.'],
  ['concept', 'A direction that recurs in the activations. The name is a reader’s; the direction is the network’s.'],
  ['strength', 'How much of a concept a crop or a place holds (its code). 1 is the strongest there is in these pictures.'],
  ['importance', 'Total Sobol index: the share of the score’s variation that goes if the concept is held still, its joint effects included. Mean over the pictures.'],
  ['95 % interval', 'Where the value would fall in 95 of 100 repeats: with other pictures of the same kind (whiskers) or other random masks (grey line).'],
  ['score (logit)', 'The number that the network gives a class before it is turned into a probability.'],
  ['pictures that have it', 'Share of the pictures whose strongest place exceeds 5 % of the concept’s largest.'],
  ['reliability', 'Of the pictures in which the concept contributes most, the share that the model takes for the class.'],
  ['found again', 'Mean cosine of the concept with its partner in other fits, from other random starts and from disjoint halves of the pictures. 1 is the same.'],
  ['percentile', 'The 90th percentile crop is stronger than nine in ten crops that have the concept.'],
  ['R²', 'Share of the variation of the activations that the concepts rebuild, each channel about its own mean.'],
  ['random', 'The same number with concepts, or an order, drawn at random. A value near it means nothing.'],
  ['other', 'What the concepts do not rebuild of a picture’s score.']
];

const LIMITS = () => [
  ...(K.texts ? ['After the layers of a transformer a token holds what stands around it: where a word is tinted, the concept is felt, not always said.'] : []),
  'It says what the model uses, not whether the model is right to use it.',
  'Concepts have numbers until someone names them. A name is what a reader saw in the crops, and may be wrong.',
  `The concepts were looked for in ${K.total} pictures of this class. A cue that none of them shows cannot appear here.`,
  'Switching a concept off makes activations that no real picture may have; read such answers as a direction, not as a forecast.',
  ...(K.texts ? [] : ['The places are those of the layer: each sees more of the picture than its own square.'])
];

const INK = {fill: 'none', stroke: 'currentColor'};
const LINES = (widths, x, y) => widths.map((w, i) => s('path', {d: `M${x} ${y + 9 * i}h${w}`, stroke: 'currentColor', 'stroke-width': 3}));
const ART = {
  texts: () => LINES([70, 58, 66, 40, 62], 24, 12),
  units: () => LINES([70, 58], 24, 12).concat(LINES([66, 40], 24, 40)),
  words: () => LINES([22], 20, 30).concat([s('path', {d: 'M48 30h26', stroke: 'var(--c3)', 'stroke-width': 9, opacity: .6})], LINES([20], 80, 30)),
  pictures: () => [0, 1, 2].map(i => s('rect', {x: 20 + 14 * i, y: 8 + 7 * i, width: 40, height: 36, fill: 'var(--raised)', stroke: 'currentColor'}))
    .concat(s('path', {d: 'M50 58l12-16 9 9 6-7 10 14z', fill: 'currentColor', opacity: .5})),
  crops: () => [s('rect', {x: 24, y: 6, width: 54, height: 54, ...INK})].concat([[24, 6], [42, 6], [24, 24], [60, 42]].map(([x, y]) =>
    s('rect', {x, y, width: 18, height: 18, fill: 'currentColor', 'fill-opacity': .18, stroke: 'currentColor'}))),
  half: () => [
    s('path', {d: 'M12 10L58 22V44L12 56Z', fill: 'currentColor', 'fill-opacity': .14, stroke: 'currentColor'}),
    s('path', {d: 'M65 10v46', stroke: 'currentColor', 'stroke-dasharray': '2 3'}),
    s('path', {d: 'M72 22L108 10V56L72 44Z', ...INK}),
    s('text', {x: 32, y: 38, 'font-size': 15, 'font-style': 'italic'}, 'g'), s('text', {x: 85, y: 38, 'font-size': 15, 'font-style': 'italic'}, 'h')],
  factorise: () => Array.from({length: 20}, (_, i) => s('rect', {x: 6 + i % 4 * 10, y: 8 + (i >> 2) * 10, width: 9, height: 9, fill: 'currentColor', opacity: .12 + i * 7 % 5 * .16}))
    .concat(s('text', {x: 51, y: 37, 'font-size': 16}, '≈'))
    .concat(Array.from({length: 10}, (_, i) => s('rect', {x: 68 + i % 2 * 10, y: 8 + (i >> 1) * 10, width: 9, height: 9, fill: `var(--c${i % 2 ? 0 : 3})`, opacity: .3 + i * 3 % 4 * .22})))
    .concat(Array.from({length: 8}, (_, i) => s('rect', {x: 94 + i % 4 * 6, y: 8 + (i >> 2) * 6, width: 5, height: 5, fill: `var(--c${i < 4 ? 3 : 0})`, opacity: .4 + i % 4 * .18}))),
  importance: () => [9, 16, 6, 44, 12, 4].map((v, i) => s('rect', {x: 26 + i * 9, y: 52 - v, width: 6, height: v, fill: `var(--c${i})`}))
    .concat(s('path', {d: 'M22 52H84', stroke: 'currentColor'})),
  maps: () => [s('rect', {x: 26, y: 8, width: 48, height: 48, fill: 'var(--sunk)', stroke: 'currentColor'}),
    s('path', {d: 'M34 34c0-24 32-24 32 0-8 5-24 5-32 0z', fill: 'var(--c3)', 'fill-opacity': .5, stroke: 'var(--c3)', 'stroke-width': 2})]
};

function method() {
  $('limitList').replaceChildren(...LIMITS().map(t => h('li', null, noun(t))));
  $('prov').replaceChildren(...[...DATA.provenance, {name: 'importance', value: K.estimator}].flatMap(f =>
    [h('dt', null, f.name), h(/SHA|fingerprint/.test(f.name) ? 'dd.mono' : 'dd', null, f.value)]));
}

/** Sentences about pictures, said of texts where these are explained. */
const noun = text => N.one === 'picture' ? text
  : text.replace(/\bpictures\b/g, N.many).replace(/\bpicture\b/g, N.one).replace(/\ba crop\b/g, 'an ' + N.part).replace(/\bcrops\b/g, N.parts).replace(/\bcrop\b/g, N.part);

function methodOnce() {
  $('methodLead').textContent = DATA.methodLead;
  $('steps').append(...DATA.steps.map(step => h('li', null, s('svg', {viewBox: '0 0 120 64', 'aria-hidden': 'true'}, ...ART[step.art]()),
    h('b', null, step.name), h('span.note', null, step.say))));
  $('gloss').append(...GLOSSARY.flatMap(([word, text]) => [h('dt', null, noun(word)), h('dd', null, noun(text))]));
  $('foot').textContent = 'Made by ' + DATA.product + ' from the bundle beside this file. Nothing on this page is fetched from anywhere.';
}
