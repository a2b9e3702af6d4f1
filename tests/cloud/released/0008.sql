BEGIN TRANSACTION;
CREATE TABLE account (
	user TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	changed_ms BIGINT NOT NULL, site TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT 'local' NOT NULL, must_change BOOLEAN DEFAULT false NOT NULL, disabled_ms BIGINT, 
	PRIMARY KEY (user)
);
INSERT INTO "account" VALUES('admin','administrator','$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA',1795248000000,'','local',0,NULL);
CREATE TABLE alarm (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	priority INTEGER NOT NULL, 
	raised_ms BIGINT NOT NULL, 
	returned_ms BIGINT, 
	acknowledged_by TEXT, 
	acknowledged_ms BIGINT, 
	detail TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	last_install TEXT NOT NULL, 
	last_seq BIGINT NOT NULL, 
	last_time_ms BIGINT NOT NULL, 
	feed BIGINT NOT NULL, withheld_by TEXT, withheld_ms BIGINT, withheld_why TEXT, withheld_until_ms BIGINT, chattering BOOLEAN DEFAULT false NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (gate, kind)
);
INSERT INTO "alarm" VALUES(1,'gate-1','colour_camera','RTNUN',0,2,1795248000000,1795248000000,NULL,NULL,'colour_camera 6',1,'i1',6,1795248000000,6,NULL,NULL,NULL,NULL,0);
INSERT INTO "alarm" VALUES(2,'gate-2','gate_offline','UNACK',1,1,1795248000500,NULL,NULL,NULL,'the broker has lost the gate',1,'',0,0,12,NULL,NULL,NULL,NULL,0);
INSERT INTO "alarm" VALUES(3,'gate-1','dead_letter','RTNUN',0,2,1795248000500,1795248000500,NULL,NULL,'an alert could not be read: message: Invalid JSON: expected ident at line 1 column 2',1,'',0,0,13,NULL,NULL,NULL,NULL,0);
CREATE TABLE alarm_move (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	move TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	state TEXT NOT NULL, 
	user TEXT NOT NULL, 
	why TEXT NOT NULL, 
	announced BOOLEAN NOT NULL, seal BIGINT, salt BLOB, content_sha256 BLOB, 
	PRIMARY KEY (number)
);
INSERT INTO "alarm_move" VALUES(1,'gate-1','colour_camera',1795248000000,'raise','NORM','UNACK','','',1,3126321689028738751,X'FD925FF7CE28758C109948AE2BA16093',NULL);
INSERT INTO "alarm_move" VALUES(2,'gate-1','colour_camera',1795248000000,'return_to_normal','UNACK','RTNUN','','',0,3126321689028738751,X'4441C495158B17DDE5B2DEDC8899EF58',NULL);
INSERT INTO "alarm_move" VALUES(3,'gate-2','gate_offline',1795248000500,'raise','NORM','UNACK','','',1,1198792001051567685,X'F760239A10DBC681BA7C8604BADDB927',NULL);
INSERT INTO "alarm_move" VALUES(4,'gate-1','dead_letter',1795248000500,'raised_earlier','NORM','RTNUN','','',1,8138358610463646693,X'F6C9231397772D53D228EB1FD5710F96',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE api_token (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	token_sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	site TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	expires_ms BIGINT NOT NULL, 
	used_ms BIGINT, 
	revoked_ms BIGINT, 
	UNIQUE (token_sha256), 
	UNIQUE (name)
);
CREATE TABLE audit (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT NOT NULL
, address TEXT DEFAULT '' NOT NULL);
INSERT INTO "audit" VALUES(1,1795248000000,'admin','password','admin','','');
CREATE TABLE boot_clock (
	gate TEXT NOT NULL, 
	boot TEXT NOT NULL, 
	offset_ms BIGINT NOT NULL, 
	PRIMARY KEY (gate, boot)
)
 WITHOUT ROWID

;
INSERT INTO "boot_clock" VALUES('gate-1','b1',1795248000000);
INSERT INTO "boot_clock" VALUES('gate-2','b1',1795248000000);
CREATE TABLE chain (
	number BIGINT NOT NULL, 
	seal BIGINT NOT NULL, 
	rows INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (seal)
);
INSERT INTO "chain" VALUES(1,3177640536381893528,3,X'59ADAE16A7B31CCB39C4BA757F2538AAE9D381649B29F8C9BC4AFED83A4F722E',X'74940A62D88D096E3FD0745B2DB9E700F6D24910A3D029B7610B6C68318B3227');
INSERT INTO "chain" VALUES(2,3126321689028738751,7,X'822C01F2F1C4E656587E7DE4382444DCEB99E420F2B79A1B33509D32FA151301',X'DEF2BB34C247F52C7A324A7584DDB5B9B15B0C6C06AE9EBCF623F3967E701B9E');
INSERT INTO "chain" VALUES(3,7012306125082220138,1,X'B0F845BAB79F2E562A8E9CC71CC4E0068AFFFCBDFBD78A79E3D2DED520B49513',X'8C5188731585C20782D4AF85AD41C4527D0D58BE0A5650E7BBC47EBD0B8CFF42');
INSERT INTO "chain" VALUES(4,1198792001051567685,1,X'0DBD770E0A8028D3196AE20CF0C6203ACEBBC1E443020E7F2C43C5ACD4116B88',X'262490FB1C8B403CC6B5066326D20BD52007D53520A39A20BC3A5C46F635B57C');
INSERT INTO "chain" VALUES(5,8138358610463646693,1,X'60112D2F39E70F664BBCA3011198986C53B5E83963138F048E667E693680C616',X'9FA2A7A7DA9C6E3935E5BB4538272286642E31ADAEBEBCD6F7717BC8B016713F');
CREATE TABLE chain_head (
	id INTEGER NOT NULL, 
	number BIGINT NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "chain_head" VALUES(1,5,X'9FA2A7A7DA9C6E3935E5BB4538272286642E31ADAEBEBCD6F7717BC8B016713F');
CREATE TABLE data_gap (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	first BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	found_ms BIGINT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE dead_letter (
	number INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	event TEXT NOT NULL, 
	error TEXT NOT NULL, 
	body BLOB NOT NULL, 
	received_ms BIGINT NOT NULL, 
	count INTEGER NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (sha256)
);
INSERT INTO "dead_letter" VALUES(1,'86a1aca8ced98cf88a19eeecdafb9d994e2bb980929f580126bd4d6f3bc4aae0','menshen/v1/gate-1/visit','gate-1','','message: Invalid JSON: EOF while parsing an object at line 1 column 1',X'7B',1795248000500,1);
INSERT INTO "dead_letter" VALUES(2,'ea52dd693299c015e67a62699420433a1366cf8538a6e64ed378721efacd2de0','menshen/v1/gate-1/alert','gate-1','gate-1:i1:9','message: Invalid JSON: expected ident at line 1 column 2',X'6E6F74204A534F4E',1795248000500,1);
CREATE TABLE dropped (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	first BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (gate, install, first)
)
 WITHOUT ROWID

;
CREATE TABLE event (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	time_ms BIGINT NOT NULL, 
	mono_ms BIGINT NOT NULL, 
	boot TEXT NOT NULL, 
	clock_ok BOOLEAN NOT NULL, 
	received_ms BIGINT NOT NULL, 
	series_ns BIGINT NOT NULL, 
	data TEXT NOT NULL, corrected_ms BIGINT, seal BIGINT, salt BLOB, content_sha256 BLOB, 
	PRIMARY KEY (gate, install, seq)
);
INSERT INTO "event" VALUES('gate-1','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v1","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,3177640536381893528,X'72320FD9641F6F21CB81441E7B970246',NULL);
INSERT INTO "event" VALUES('gate-1','i1',2,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000002,'{"visit":"v1","revision":1,"verdict":"fix_mask","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,3177640536381893528,X'A7C1B8F4FBDB816E96DFFEA034E9AAFB',NULL);
INSERT INTO "event" VALUES('gate-1','i1',3,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000003,'{"visit":"v2","revision":0,"verdict":"recheck","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,3177640536381893528,X'624334C304ACA0633288599D58C83FB4',NULL);
INSERT INTO "event" VALUES('gate-1','i1',4,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000004,'{"kind":"recheck","state":"raised","subject":"v2","detail":"recheck 4","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,3126321689028738751,X'11EA18D1AA01663CC5DFED4CC8BDA2D2',NULL);
INSERT INTO "event" VALUES('gate-1','i1',5,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000005,'{"kind":"colour_camera","state":"raised","subject":"","detail":"colour_camera 5","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,3126321689028738751,X'CB302C8A2E3590E57B52D2685636FF9E',NULL);
INSERT INTO "event" VALUES('gate-1','i1',6,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000006,'{"kind":"colour_camera","state":"returned","subject":"","detail":"colour_camera 6","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,3126321689028738751,X'D62007321202B8F680276B8E8EED3DDB',NULL);
INSERT INTO "event" VALUES('gate-1','i1',7,'health',1795248000000,0,'b1',1,1795248000500,1795248000000000007,'{"uptime_s":5.0,"colour_fps":25.0,"thermal_fps":9.0,"frames_skipped":0,"loop_p50_ms":3.0,"loop_p99_ms":null,"records_dropped":0,"outbox_rows":2,"oldest_unacked":0,"last_seq":0,"restarts":{"colour":1},"parts":{"colour":"live"},"version":"0.1","model":"m","clock_ok":true,"certificate_days":null,"calibration_days":null,"occupancy":null}',NULL,3126321689028738751,X'2884667EFAED9791164FFC4647CE02C1',NULL);
INSERT INTO "event" VALUES('gate-1','i1',8,'sensor',1795248000000,0,'b1',1,1795248000500,1795248000000000008,'{"readings":[{"sensor":"air-1","quantity":"co2","value":412.0,"unit":"ppm","taken":"2026-11-21T08:00:00Z"},{"sensor":"air-1","quantity":"co2","value":null,"unit":"ppm","taken":"2026-11-21T08:00:01Z"}]}',NULL,3126321689028738751,X'15340D7EC5F6AE758057B87B0E4BA493',NULL);
INSERT INTO "event" VALUES('gate-2','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v9","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,7012306125082220138,X'23152A4DB242B42143152DCE00BE9F0A',NULL);
CREATE TABLE feed (
	id INTEGER NOT NULL, 
	last BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "feed" VALUES(1,13);
CREATE TABLE gate (
	gate TEXT NOT NULL, 
	online BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	state_since_ms BIGINT NOT NULL, 
	heard_ms BIGINT NOT NULL, 
	version TEXT NOT NULL, 
	replay BOOLEAN NOT NULL, 
	last_verdict TEXT, 
	last_visit_ms BIGINT, 
	health TEXT, 
	health_ms BIGINT, 
	health_install TEXT, 
	health_seq BIGINT, 
	feed BIGINT NOT NULL, 
	PRIMARY KEY (gate)
);
INSERT INTO "gate" VALUES('gate-1',1,'live',1795248000500,1795248000500,'0.1',0,'recheck',1795248000000,'{"uptime_s":5.0,"colour_fps":25.0,"thermal_fps":9.0,"frames_skipped":0,"loop_p50_ms":3.0,"loop_p99_ms":null,"records_dropped":0,"outbox_rows":2,"oldest_unacked":0,"last_seq":0,"restarts":{"colour":1},"parts":{"colour":"live"},"version":"0.1","model":"m","clock_ok":true,"certificate_days":null,"calibration_days":null,"occupancy":null}',1795248000500,'i1',7,7);
INSERT INTO "gate" VALUES('gate-2',0,'offline',1795248000500,1795248000500,'',0,'pass',1795248000000,NULL,NULL,NULL,NULL,11);
CREATE TABLE gate_certificate (
	serial TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	key_sha256 TEXT NOT NULL, 
	issued_ms BIGINT NOT NULL, 
	ends_ms BIGINT NOT NULL, 
	revoked_ms BIGINT, 
	pem TEXT NOT NULL, 
	PRIMARY KEY (serial), 
	UNIQUE (key_sha256)
);
CREATE TABLE gate_site (
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	PRIMARY KEY (gate)
);
CREATE TABLE invitation (
	token_sha256 TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	expires_ms BIGINT NOT NULL, 
	used_ms BIGINT, 
	serial TEXT, 
	PRIMARY KEY (token_sha256)
);
CREATE TABLE notice (
	number INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	since_ms BIGINT NOT NULL, 
	step INTEGER NOT NULL, 
	contact TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	detail TEXT NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	made_ms BIGINT NOT NULL, 
	due_ms BIGINT NOT NULL, 
	told_ms BIGINT, 
	ended_ms BIGINT, 
	answer TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (subject, since_ms, step, contact, channel)
);
CREATE TABLE numbering (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	checked_to BIGINT NOT NULL, 
	pending_to BIGINT, 
	settle_after BIGINT, 
	PRIMARY KEY (gate, install)
);
INSERT INTO "numbering" VALUES('gate-1','i1',0,NULL,NULL);
CREATE TABLE recheck_case (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	state TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	raised_ms BIGINT NOT NULL, 
	returned_ms BIGINT, 
	acknowledged_by TEXT, 
	acknowledged_ms BIGINT, 
	detail TEXT NOT NULL, 
	reading TEXT, 
	feed BIGINT NOT NULL, alarmed_ms BIGINT, alarmed_why TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, install, seq)
);
INSERT INTO "recheck_case" VALUES(1,'gate-1','i1',4,'recheck','v2','open',1,1795248000000,NULL,NULL,NULL,'recheck 4',NULL,5,NULL,NULL);
CREATE TABLE series_outbox (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL
);
INSERT INTO "series_outbox" VALUES(1,'gate-1','i1',1);
INSERT INTO "series_outbox" VALUES(2,'gate-1','i1',2);
INSERT INTO "series_outbox" VALUES(3,'gate-1','i1',3);
INSERT INTO "series_outbox" VALUES(4,'gate-1','i1',4);
INSERT INTO "series_outbox" VALUES(5,'gate-1','i1',5);
INSERT INTO "series_outbox" VALUES(6,'gate-1','i1',6);
INSERT INTO "series_outbox" VALUES(7,'gate-1','i1',7);
INSERT INTO "series_outbox" VALUES(8,'gate-1','i1',8);
INSERT INTO "series_outbox" VALUES(9,'gate-2','i1',1);
CREATE TABLE session (
	token_sha256 TEXT NOT NULL, 
	user TEXT NOT NULL, 
	expires_ms BIGINT NOT NULL, opened_ms BIGINT DEFAULT 0 NOT NULL, used_ms BIGINT DEFAULT 0 NOT NULL, address TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (token_sha256)
);
INSERT INTO "session" VALUES('ab12','admin',1764000000000,0,0,'');
CREATE TABLE visit (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	mask TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	revisions INTEGER NOT NULL, 
	first_seen_ms BIGINT NOT NULL, 
	decided_ms BIGINT NOT NULL, 
	received_ms BIGINT NOT NULL, 
	shown_at_ms BIGINT NOT NULL, 
	reasons TEXT NOT NULL, 
	reading TEXT, 
	core_bin_c FLOAT, 
	screened_for TEXT NOT NULL, 
	record_late BOOLEAN NOT NULL, 
	replay BOOLEAN NOT NULL, 
	late BOOLEAN NOT NULL, 
	feed BIGINT NOT NULL, badge TEXT, visitor_pass TEXT, duty TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, visit)
);
INSERT INTO "visit" VALUES(1,'gate-1','v1','fix_mask','worn',1,2,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,1,NULL,NULL,NULL);
INSERT INTO "visit" VALUES(2,'gate-1','v2','recheck','worn',0,1,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,2,NULL,NULL,NULL);
INSERT INTO "visit" VALUES(3,'gate-2','v9','pass','worn',0,1,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,8,NULL,NULL,NULL);
CREATE TABLE visit_revision (
	gate TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	PRIMARY KEY (gate, visit, revision)
)
 WITHOUT ROWID

;
INSERT INTO "visit_revision" VALUES('gate-1','v1',0,'i1',1);
INSERT INTO "visit_revision" VALUES('gate-1','v1',1,'i1',2);
INSERT INTO "visit_revision" VALUES('gate-1','v2',0,'i1',3);
INSERT INTO "visit_revision" VALUES('gate-2','v9',0,'i1',1);
CREATE INDEX alarm_feed ON alarm (feed);
CREATE INDEX dead_letter_gate ON dead_letter (gate);
CREATE INDEX gate_feed ON gate (feed);
CREATE INDEX recheck_case_feed ON recheck_case (feed);
CREATE INDEX recheck_case_visit ON recheck_case (gate, visit);
CREATE INDEX session_expires ON session (expires_ms);
CREATE INDEX visit_feed ON visit (feed);
CREATE INDEX visit_gate_shown ON visit (gate, shown_at_ms, verdict);
CREATE INDEX visit_shown ON visit (shown_at_ms, number);
CREATE INDEX event_doubted ON event (gate, boot) WHERE NOT clock_ok;
CREATE INDEX data_gap_gate ON data_gap (gate, install);
CREATE INDEX invitation_gate ON invitation (gate);
CREATE INDEX gate_certificate_gate ON gate_certificate (gate);
CREATE INDEX visit_badge ON visit (badge, shown_at_ms) WHERE badge IS NOT NULL;
CREATE INDEX alarm_move_alarm ON alarm_move (gate, kind, at_ms);
CREATE INDEX alarm_move_at ON alarm_move (at_ms);
CREATE INDEX recheck_case_state ON recheck_case (state, raised_ms);
CREATE INDEX recheck_case_alarmed ON recheck_case (alarmed_ms) WHERE alarmed_ms IS NOT NULL;
CREATE INDEX notice_due ON notice (state, due_ms);
CREATE INDEX notice_made ON notice (made_ms);
CREATE INDEX event_seal ON event (seal);
CREATE INDEX alarm_move_seal ON alarm_move (seal);
CREATE INDEX session_user ON session (user);
CREATE INDEX gate_site_site ON gate_site (site);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('series_outbox',9);
INSERT INTO "sqlite_sequence" VALUES('audit',1);
COMMIT;
