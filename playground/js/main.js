// @ts-check
import { startLens } from "./lens.js";
import { startPage } from "./page.js";
import { startPlay } from "./play.js";
import { startTraining } from "./train.js";

startPage();
startPlay();
startLens();
startTraining();
