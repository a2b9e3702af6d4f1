import "./board.test";
import "./held.test";
import "./words.test";
