// What a designer would check on a screen, measured in the DOM. Each function runs in the page and returns complaints.

/** Text that leaves its box or the screen, or runs into other text. */
export function misplaced() {
  const complaints = [];
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue;
    const element = node.parentElement;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || ['STYLE', 'SCRIPT', 'TITLE'].includes(element.tagName)) continue;
    const box = element.closest('.agent, .row, article, li, dl > div, h3, header, .count, .calm, section, .stale-banner, main')?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width === 0) continue;
      // Ink is lower than the line it stands on: a tenth above and below is air.
      const size = parseFloat(style.fontSize);
      const middle = (rect.top + rect.bottom) / 2;
      const ink = { left: rect.left, right: rect.right, top: middle - size * 0.42, bottom: middle + size * 0.42, text: node.data.trim(), element };
      const slack = 1.5;
      if (box && (ink.left < box.left - slack || ink.right > box.right + slack || ink.top < box.top - slack || ink.bottom > box.bottom + slack))
        complaints.push(`"${ink.text}" leaves its box`);
      if (ink.right > innerWidth + slack || ink.bottom > innerHeight + slack || ink.left < -slack || ink.top < -slack) complaints.push(`"${ink.text}" leaves the screen`);
      boxes.push(ink);
    }
    if (style.textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1) complaints.push(`"${node.data.trim()}" is cut off`);
  }
  const banner = document.querySelector('.stale-banner');
  boxes.sort((a, b) => a.left - b.left);
  for (let i = 0; i < boxes.length; i++)
    for (let j = i + 1; j < boxes.length && boxes[j].left < boxes[i].right - 1.5; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      if (a.element === b.element || (banner && banner.contains(a.element) !== banner.contains(b.element))) continue;
      if (a.top < b.bottom - 1.5 && b.top < a.bottom - 1.5) complaints.push(`"${a.text}" runs into "${b.text}"`);
    }
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) complaints.push('the page scrolls');
  return [...new Set(complaints)];
}

/** Whatever must be read from eight metres and is lower than a seventeenth of the screen. */
export function tooSmall(kinds) {
  const least = Math.min(innerHeight, (innerWidth * 9) / 16) / 17;
  return [...document.querySelectorAll('[data-far]')]
    .filter((element) => kinds.includes(element.dataset.far) && parseFloat(getComputedStyle(element).fontSize) < least)
    .map((element) => `${element.dataset.far} "${element.textContent}" is ${getComputedStyle(element).fontSize}, less than ${least.toFixed(1)}px`);
}

/** Any text on a wall below its least size: 1.5 of its units (16 px on a screen of 1080), whatever it says. */
export function tiny() {
  const least = Math.min(innerHeight, (innerWidth * 9) / 16) * 0.015 - 0.05;
  const complaints = new Set();
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('.unseen, style') || element.getBoundingClientRect().width === 0) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < least) complaints.add(`"${node.data.trim()}" is ${size.toFixed(1)}px, less than ${least.toFixed(1)}px`);
  }
  return [...complaints];
}

/** Text whose contrast with its ground is below AA (4.5, or 3 for large text): WCAG 2.2, 1.4.3. */
export function faint() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, ground) => top.slice(0, 3).map((value, i) => value * top[3] + ground[i] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const gradient = /^linear-gradient\([^,]+, (rgba?\([^)]*\)|color\([^)]*\))/.exec(style.backgroundImage);
      layers.push(rgba(gradient ? gradient[1] : style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [0, 0, 0, 1]);
  };
  const complaints = new Set();
  for (const element of document.querySelectorAll('main *')) {
    const isIcon = element.tagName === 'svg';
    if (!isIcon && ![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden') continue;
    const below = ground(isIcon ? element.parentElement : element);
    const [light, dark] = [luminance(over(rgba(style.color), below)), luminance(below)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    // A shape that carries meaning needs 3 (1.4.11).
    const needed = isIcon || size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < needed) complaints.add(`${isIcon ? 'an icon' : `"${element.textContent.trim()}"`} in .${element.parentElement.className} has contrast ${ratio.toFixed(2)}`);
  }
  return [...complaints];
}

/** Where every label stands, so that two moments can be compared. */
export function places() {
  return Object.fromEntries([...document.querySelectorAll('h1, h2, dt, .queues header span, .agent, [data-far]')].map((element, i) => {
    const box = element.getBoundingClientRect();
    return [`${i} ${element.tagName} ${element.dataset.far ?? element.dataset.agent ?? element.textContent.trim().slice(0, 20)}`, [box.top, box.bottom, ...(element.dataset.far ? [] : [box.left])].map(Math.round).join()];
  }));
}
