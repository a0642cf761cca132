// Colours of values: an even scale that the server gives, and words under the pointer.
"use strict";
// The colour of a share from 0 to 1 of the page's scale.
labbook.scale = (share) => {
  labbook.colours ??= (document.querySelector("[data-scale]")?.dataset.scale ?? "#440154,#fde725").split(",")
    .map((hex) => [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)));
  const { colours } = labbook;
  const place = Math.max(0, Math.min(1, share)) * (colours.length - 1);
  const below = Math.min(Math.floor(place), colours.length - 2);
  const part = place - below;
  return colours[below].map((a, index) => Math.round(a + (colours[below + 1][index] - a) * part));
};

// The part of the scale in which thin lines are seen on the page's ground.
labbook.lineShare = (share) =>
  (matchMedia("(prefers-color-scheme: dark)").matches ? 0.28 + 0.72 * share : 0.86 * share);

// A function from values to shares: of powers of ten where all are positive and span a hundredfold; the
// better end is the bright one.
labbook.shares = (values, direction) => {
  const known = values.filter((value) => value !== null && Number.isFinite(value));
  if (known.length === 0) return { share: () => null, low: null, high: null };
  let low = Infinity;
  let high = -Infinity;
  for (const value of known) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const isLog = low > 0 && high / low >= 100;
  const turn = (value) => (isLog ? Math.log(value) : value);
  const width = turn(high) - turn(low);
  const share = (value) => {
    if (value === null || !Number.isFinite(value)) return null;
    const part = width === 0 ? 0.5 : (turn(value) - turn(low)) / width;
    return direction === "minimize" ? 1 - part : part;
  };
  return { share, low, high, isLog, isReversed: direction === "minimize" };
};

// A strip of the scale with the values at its ends.
labbook.strip = (scale, name, turned = (share) => share) => {
  const place = document.createElement("div");
  place.className = "scale";
  if (scale.low === null) {
    place.textContent = "no values yet";
    return place;
  }
  const canvas = document.createElement("canvas");
  canvas.width = 128;
  canvas.height = 1;
  const pen = canvas.getContext("2d");
  for (let x = 0; x < 128; x++) {
    pen.fillStyle = `rgb(${labbook.scale(turned(scale.isReversed ? 1 - x / 127 : x / 127))})`;
    pen.fillRect(x, 0, 1, 1);
  }
  const words = (text) => {
    const span = document.createElement("span");
    span.textContent = text;
    return span;
  };
  place.append(words(name + (scale.isLog ? " (log)" : "")), words(labbook.number(scale.low)), canvas, words(labbook.number(scale.high)));
  return place;
};

// Words beside the pointer; null takes them away.
labbook.tip = (event, text) => {
  let place = document.querySelector(".tip");
  if (text === null) return place?.remove();
  if (!place) {
    place = document.createElement("div");
    place.className = "tip";
    document.body.append(place);
  }
  place.textContent = text;
  place.style.left = Math.min(event.clientX + 14, innerWidth - place.offsetWidth - 8) + "px";
  place.style.top = Math.min(event.clientY + 14, innerHeight - place.offsetHeight - 8) + "px";
};

// A canvas of so many CSS pixels, sharp on every screen; returns its pen.
labbook.sheet = (canvas, width, height) => {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  return pen;
};
