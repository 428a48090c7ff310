// The steps of a flow and their order, drawn.

import { html, useState, useEffect, useLayoutEffect, useMemo, useRef } from "./ui.js";
import { markOf, moodOfStep, stepWord, inWords } from "./steps.js";
import * as words from "./words.js";

const sizes = { wide: { width: 190, height: 54 }, narrow: { width: 148, height: 54 } };
const narrow = 480; // of the box: a phone
const gaps = { nodesep: 16, edgesep: 12, ranksep: 38, marginx: 5, marginy: 5 };
const mostAtOnce = 300; // steps; the layout of more takes seconds

/** The library is read when the first graph is drawn. */
async function layout(steps, width) {
  const { graphlib, layout: place } = await import("./dagre.js");
  const node = width < narrow ? sizes.narrow : sizes.wide;
  const draw = direction => {
    const graph = new graphlib.Graph();
    graph.setGraph({ rankdir: direction, ...gaps });
    const names = new Set(steps.map(step => step.name));
    steps.forEach(step => graph.setNode(step.name, { ...node }));
    steps.forEach(step => {
      step.needs.filter(name => names.has(name)).forEach(name => graph.setEdge(name, step.name, {}));
      if (names.has(step.fallbackOf)) graph.setEdge(step.fallbackOf, step.name, { isFallback: true });
    });
    place(graph);
    return graph;
  };
  // From left to right where that fits, otherwise downwards.
  let graph = draw("LR");
  if (graph.graph().width > width) graph = draw("TB");
  const { width: wide, height: tall } = graph.graph();
  return {
    width: wide, height: tall, node,
    places: new Map(graph.nodes().map(name => [name, graph.node(name)])),
    edges: graph.edges().map(edge => ({ key: `${edge.v} ${edge.w}`, ...graph.edge(edge) })),
  };
}

export function StepGraph({ steps, selected, open }) {
  const box = useRef();
  const [width, setWidth] = useState(0);
  const [drawing, setDrawing] = useState(null);
  const [isWanted, want] = useState(steps.length <= mostAtOnce);
  const shape = useMemo(() => JSON.stringify(steps.map(step => [step.name, step.needs, step.fallbackOf])), [steps]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => box.current && setWidth(Math.floor(box.current.clientWidth / 40) * 40));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0 || !isWanted) return undefined;
    let isOver = false;
    layout(steps, width).then(done => isOver || setDrawing(done), error => isOver || setDrawing({ error }));
    return () => { isOver = true; };
  }, [shape, width, isWanted]);
  return html`<div class="graph" ref=${box} tabindex="0" role="group" aria-label="Steps and their order">
    ${!isWanted ? html`<p>The flow has ${words.number(steps.length)} steps. To draw them takes some seconds.</p><button onClick=${() => want(true)}>Draw the graph</button>`
      : drawing === null ? html`<p class="faint" role="status">Drawing the graph …</p>`
        : drawing.error ? html`<p class="notice bad">The graph cannot be drawn: ${drawing.error.message}</p>`
          : html`<${Drawing} drawing=${drawing} steps=${steps} selected=${selected} open=${open} />`}
  </div>`;
}

function Drawing({ drawing, steps, selected, open }) {
  const known = steps.filter(step => drawing.places.has(step.name));
  return html`<div class="graph-paper" style=${{ width: `${drawing.width}px`, height: `${drawing.height}px` }}>
    <svg width=${drawing.width} height=${drawing.height} aria-hidden="true">
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.5L7.5 4L0 7.5z" /></marker></defs>
      ${drawing.edges.map(edge => html`<path key=${edge.key} class=${edge.isFallback ? "edge fallback" : "edge"} d=${curve(edge.points)} marker-end="url(#arrow)" />`)}
    </svg>
    ${known.map(step => {
      const { x, y } = drawing.places.get(step.name);
      return html`<${Node} key=${step.name} step=${step} size=${drawing.node} left=${x - drawing.node.width / 2} top=${y - drawing.node.height / 2} isSelected=${step.name === selected} open=${open} />`;
    })}
  </div>`;
}

function Node({ step, size, left, top, isSelected, open }) {
  const mood = moodOfStep(step.status);
  const isShort = size === sizes.narrow;
  return html`<button type="button" class=${`step ${mood}`} aria-pressed=${isSelected ? "true" : "false"} aria-label=${inWords(step, isShort)} title=${step.name} data-step=${step.name}
    style=${{ left: `${left}px`, top: `${top}px`, width: `${size.width}px`, height: `${size.height}px` }} onClick=${() => open(step.name)}>
    <span class="clip">${step.name}</span><span class="clip step-state"><span class="mark" aria-hidden="true">${markOf(step.status)}</span>${stepWord(step, isShort)}</span></button>`;
}

// Through the points of the layout, with their corners rounded.
function curve(points) {
  const [first, ...rest] = points;
  let path = `M${at(first)}`;
  for (let i = 0; i < rest.length - 1; i++) path += `Q${at(rest[i])} ${at(i === rest.length - 2 ? rest[i + 1] : middle(rest[i], rest[i + 1]))}`;
  return rest.length === 1 ? `${path}L${at(rest[0])}` : path;
}

const at = point => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
