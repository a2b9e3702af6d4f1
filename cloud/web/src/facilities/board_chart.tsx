/** The picture of one sensor over time: a band from least to most, the mean, the limits. Fetched when somebody looks. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { measured } from "../gates/sensor_words";
import type { Theme } from "../state/settings";
import type { Language } from "../words/table";
import type { SensorStory } from "./board_api";
import { columns } from "./board_stands";
import { boardTeller } from "./board_words";

interface Props {
  story: SensorStory;
  theme: Theme;
  language: Language;
  label: string;
}

const DAY_S = 86_400;
const two = (number: number): string => String(number).padStart(2, "0");

export default function Chart({ story, theme, language, label }: Props): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const plot = new uPlot(options(story, language, element), columns(story), element);
    const fit = new ResizeObserver(() => plot.setSize(size(element)));
    fit.observe(element);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [story, theme, language]);
  return <div class="chart" ref={room} role="img" aria-label={label} />;
}

const size = (element: HTMLElement): { width: number; height: number } => ({ width: element.clientWidth, height: element.clientWidth < 600 ? 260 : 360 });

function options(story: SensorStory, language: Language, element: HTMLElement): uPlot.Options {
  const tell = boardTeller(language);
  const colours = getComputedStyle(element);
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  const { unit, least, most } = story.now;
  const [begins, ends] = [Date.parse(story.begins) / 1000, Date.parse(story.ends) / 1000];
  const shown = (_: uPlot, value: number | null): string => (value === null ? "–" : measured(language, "", value, unit));
  const font = `13px ${colours.fontFamily}`;
  const axis = { stroke: colour("--dim"), font, grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
  const edge = { stroke: "transparent", width: 0, points: { show: false }, value: shown };
  return {
    ...size(element),
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: () => [begins, ends] },
      y: { range: (_, low, high) => withLimits(low, high, [least, most]) },
    },
    axes: [
      { ...axis, space: 70, values: (_, splits) => splits.map((at) => moment(at, ends - begins)) },
      { ...axis, size: 64, values: (_, splits) => splits.map((value) => measured(language, "", value, "")), label: unit, labelFont: font, labelSize: unit === "" ? 0 : 22 },
    ],
    bands: [{ series: [3, 1], fill: `${colour("--wait")}55` }],
    series: [
      { label: tell("time"), value: (_, at) => (at === null ? "–" : moment(at, 8 * DAY_S)) },
      { ...edge, label: tell("least") },
      { label: tell("mean"), stroke: colour("--accent"), width: 2, value: shown, points: { size: 4 } },
      { ...edge, label: tell("most") },
    ],
    hooks: { draw: [(plot) => [least, most].forEach((limit) => limit !== null && line(plot, limit, colour("--hot")))] },
  };
}

/** The limits are in the picture, and a straight line is not at its edge. */
function withLimits(low: number | null, high: number | null, limits: (number | null)[]): [number, number] {
  const all = [low, high, ...limits].filter((one) => one !== null);
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const room = (to - from || Math.abs(to) || 1) * 0.08;
  return [from >= 0 ? Math.max(0, from - room) : from - room, to + room];
}

function moment(at_s: number, span_s: number): string {
  const at = new Date(at_s * 1000);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return span_s > 8 * DAY_S ? day : span_s > DAY_S ? `${day} ${time}` : time;
}

function line(plot: uPlot, value: number, colour: string): void {
  const { ctx, bbox } = plot;
  const at = Math.round(plot.valToPos(value, "y", true));
  ctx.save();
  ctx.beginPath();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.setLineDash([10, 6]);
  ctx.moveTo(bbox.left, at);
  ctx.lineTo(bbox.left + bbox.width, at);
  ctx.stroke();
  ctx.restore();
}
