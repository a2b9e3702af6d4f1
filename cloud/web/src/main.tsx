import { render } from "preact";
import { App } from "./app";
import "./style/base.css";
import "./style/shapes.css";
import "./style/layout.css";
import "./style/panels.css";
import "./style/alarms.css";
import "./style/selected.css";
import "./style/gates.css";
import "./style/narrow.css";

const place = document.getElementById("screen");
if (place === null) throw new Error("index.html has no #screen");
render(<App />, place);
