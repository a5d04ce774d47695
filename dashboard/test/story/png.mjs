// PNGs as Chromium writes them (8 bits a channel, not interlaced): read, and packed small. Flat panels and text need few colours.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture's size and its pixels, three bytes each. */
export function decode(png) {
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  const of = (type) => Buffer.concat(chunks.filter((chunk) => chunk.type === type).map((chunk) => chunk.data));
  const header = of('IHDR');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 3: 1, 6: 4 }[header[9]];
  if (header[8] !== 8 || header[12] !== 0 || !channels) throw new Error('not a picture of this house');
  const rows = unfilter(inflateSync(of('IDAT')), width * channels, height, channels);
  const palette = of('PLTE');
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      const from = y * (width * channels + 1) + 1 + x * channels;
      if (channels === 1) palette.copy(pixels, to, rows[from] * 3, rows[from] * 3 + 3);
      else rows.copy(pixels, to, from, from + 3);
    }
  return { width, height, pixels };
}

/** The same picture in its 256 commonest colours, the others as the nearest of these. */
export function pack(png) {
  const { width, height, pixels } = decode(png);
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([colour]) => colour);
  const index = new Map(kept.map((colour, i) => [colour, i]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = pixels.readUIntBE((y * width + x) * 3, 3);
      if (!index.has(colour)) index.set(colour, nearest(colour, kept));
      rows[y * (width + 1) + 1 + x] = index.get(colour);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const palette = Buffer.alloc(kept.length * 3);
  kept.forEach((colour, i) => palette.writeUIntBE(colour, i * 3, 3));
  return Buffer.concat([png.subarray(0, 8), write('IHDR', header), write('PLTE', palette), write('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), write('IEND', Buffer.alloc(0))]);
}

function nearest(colour, palette) {
  const parts = (one) => [one >> 16, (one >> 8) & 255, one & 255];
  const [r, g, b] = parts(colour);
  let best = 0;
  let least = Infinity;
  palette.forEach((one, i) => {
    const [pr, pg, pb] = parts(one);
    const far = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/**
 * How much of what is drawn in two pictures stands differently: the share, among squares of 16 pixels that are not flat in either, of those
 * whose mean colours differ. A clock that went on changes little, another layout much; 1 when the sizes differ.
 */
export function unlikeness(a, b) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let drawn = 0;
  let other = 0;
  for (let y = 0; y < a.height; y += 16)
    for (let x = 0; x < a.width; x += 16) {
      const [one, two] = [square(a, x, y), square(b, x, y)];
      if (one.spread < 24 && two.spread < 24) continue;
      drawn++;
      if (one.mean.some((value, i) => Math.abs(value - two.mean[i]) > 14)) other++;
    }
  return drawn === 0 ? 0 : other / drawn;
}

function square({ width, height, pixels }, left, top) {
  const sum = [0, 0, 0];
  let [low, high, count] = [255, 0, 0];
  for (let y = top; y < Math.min(top + 16, height); y++)
    for (let x = left; x < Math.min(left + 16, width); x++, count++)
      for (let i = 0; i < 3; i++) {
        const value = pixels[(y * width + x) * 3 + i];
        sum[i] += value;
        if (i === 1) [low, high] = [Math.min(low, value), Math.max(high, value)];
      }
  return { mean: sum.map((value) => value / count), spread: high - low };
}

/** Undoes the filters of PNG (ISO/IEC 15948, 9.2), row by row, in place. */
function unfilter(raw, width, height, channels) {
  const line = width + 1;
  for (let y = 0; y < height; y++) {
    const filter = raw[y * line];
    for (let x = 1; x <= width; x++) {
      const here = y * line + x;
      const left = x > channels ? raw[here - channels] : 0;
      const up = y > 0 ? raw[here - line] : 0;
      const corner = x > channels && y > 0 ? raw[here - line - channels] : 0;
      raw[here] += filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
    }
  }
  return raw;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function write(type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
