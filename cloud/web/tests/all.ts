import "./board.test";
import "./held.test";
import "./words.test";
import "./flood.test";
import "./steps.test";
import "./sites.test";
import "./refusal.test";
import "./case_number.test";
