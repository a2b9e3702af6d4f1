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
INSERT INTO "alarm_move" VALUES(1,'gate-1','colour_camera',1795248000000,'raise','NORM','UNACK','','',1,7447131877073969667,X'1C52673443158D1995166B37A9DAFB6F',NULL);
INSERT INTO "alarm_move" VALUES(2,'gate-1','colour_camera',1795248000000,'return_to_normal','UNACK','RTNUN','','',0,7447131877073969667,X'9873C7391707532B97F56BEFFFE12899',NULL);
INSERT INTO "alarm_move" VALUES(3,'gate-2','gate_offline',1795248000500,'raise','NORM','UNACK','','',1,3382803122458708147,X'098CA4988559B4BAF87E987092839929',NULL);
INSERT INTO "alarm_move" VALUES(4,'gate-1','dead_letter',1795248000500,'raised_earlier','NORM','RTNUN','','',1,3751594167034945164,X'B10B7E278BD917189C5BB901CC31A090',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
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
, address TEXT DEFAULT '' NOT NULL, seal BIGINT, salt BLOB, content_sha256 BLOB);
INSERT INTO "audit" VALUES(1,1795248000000,'admin','password','admin','','',1929024568039257966,X'2BD13816A2D7A3DE26446E9325CA0703',NULL);
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
CREATE TABLE case_entry (
	number INTEGER NOT NULL, 
	"case" BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	step TEXT NOT NULL, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB, 
	PRIMARY KEY (number)
);
CREATE TABLE chain (
	number BIGINT NOT NULL, 
	seal BIGINT NOT NULL, 
	rows INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (seal)
);
INSERT INTO "chain" VALUES(1,760640952197306785,3,X'2354554186EC3EAFD60D9AAAA112C9BAC99D511B8F8C5FF518119CA48305F913',X'38D27EFEE0B75488E44B8A41036F2E57FE8C2BD5B86B81884A23D4A4828F21D0');
INSERT INTO "chain" VALUES(2,7447131877073969667,7,X'ECE021639C7763DCEB6EB0A63BBF46FD7A1C750E353C54F887302F3BFBFEC28D',X'3C932B462FDD316735D710B56751A545DBAADE0144F244B69083324ED1F85E70');
INSERT INTO "chain" VALUES(3,7695558124936848522,1,X'E7D1973C0AC87E95EAB2D86AEDEF1EC1C0EBC6D183229D74F2C70F00AEEE9C03',X'19122D4075A9034286E29F6862C1DD82B7E1419445AA768F25D508A7F7C9B5D4');
INSERT INTO "chain" VALUES(4,3382803122458708147,1,X'6D37F529AC920702CBC66DBDB806211E207D9E845EF8393CDA2B3718712EBE64',X'80EC338389E718D97366D1022BF783BE8E0D1BEEC820032B12714008B589D0FD');
INSERT INTO "chain" VALUES(5,3751594167034945164,1,X'0940F91CD0EFF5C5DE5286D13910BDBB909A9491D13D3FF7DADE7CC246E3B20F',X'12A4B1157761B0724AF12A47578141B22B863260A7D06753E3C173ED5967D18A');
INSERT INTO "chain" VALUES(6,1929024568039257966,1,X'B867105656F720900A5509481975925097793B7D9C8E1FB1AFFC0714CB1F66D0',X'B4684FC83EE4F7D5CA7546B8731B8CE95B5A5C974D82E30836097B5C2AB6258A');
CREATE TABLE chain_head (
	id INTEGER NOT NULL, 
	number BIGINT NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "chain_head" VALUES(1,6,X'B4684FC83EE4F7D5CA7546B8731B8CE95B5A5C974D82E30836097B5C2AB6258A');
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
INSERT INTO "event" VALUES('gate-1','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v1","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,760640952197306785,X'01EE43A19614253AB2CB69A335FB63A5',NULL);
INSERT INTO "event" VALUES('gate-1','i1',2,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000002,'{"visit":"v1","revision":1,"verdict":"fix_mask","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,760640952197306785,X'08D1C5F130F7C8DC2F1199ED28D9B751',NULL);
INSERT INTO "event" VALUES('gate-1','i1',3,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000003,'{"visit":"v2","revision":0,"verdict":"recheck","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,760640952197306785,X'136DDDD138D39E2E7A9EDEBB9515CEAE',NULL);
INSERT INTO "event" VALUES('gate-1','i1',4,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000004,'{"kind":"recheck","state":"raised","subject":"v2","detail":"recheck 4","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7447131877073969667,X'B5E716F2B2F34E5DFD2ADC43F294884E',NULL);
INSERT INTO "event" VALUES('gate-1','i1',5,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000005,'{"kind":"colour_camera","state":"raised","subject":"","detail":"colour_camera 5","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7447131877073969667,X'B7383AD89835568C025A1670643F7F80',NULL);
INSERT INTO "event" VALUES('gate-1','i1',6,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000006,'{"kind":"colour_camera","state":"returned","subject":"","detail":"colour_camera 6","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7447131877073969667,X'32FDBD899EDEADD5FC9C9A9DAC5FBF00',NULL);
INSERT INTO "event" VALUES('gate-1','i1',7,'health',1795248000000,0,'b1',1,1795248000500,1795248000000000007,'{"uptime_s":5.0,"colour_fps":25.0,"thermal_fps":9.0,"frames_skipped":0,"loop_p50_ms":3.0,"loop_p99_ms":null,"records_dropped":0,"outbox_rows":2,"oldest_unacked":0,"last_seq":0,"restarts":{"colour":1},"parts":{"colour":"live"},"version":"0.1","model":"m","clock_ok":true,"certificate_days":null,"calibration_days":null,"occupancy":null}',NULL,7447131877073969667,X'1169ACA37658EEED53D0F312BC176F36',NULL);
INSERT INTO "event" VALUES('gate-1','i1',8,'sensor',1795248000000,0,'b1',1,1795248000500,1795248000000000008,'{"readings":[{"sensor":"air-1","quantity":"co2","value":412.0,"unit":"ppm","taken":"2026-11-21T08:00:00Z"},{"sensor":"air-1","quantity":"co2","value":null,"unit":"ppm","taken":"2026-11-21T08:00:01Z"}]}',NULL,7447131877073969667,X'3A6BE0C3EA61195A41ADFCB95D785230',NULL);
INSERT INTO "event" VALUES('gate-2','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v9","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"duty":null}',NULL,7695558124936848522,X'BDF3AD9BBCE28B5F3F11740B829B85CD',NULL);
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
CREATE TABLE questionnaire (
	number INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (version)
);
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
	feed BIGINT NOT NULL, alarmed_ms BIGINT, alarmed_why TEXT, outcome TEXT, outcome_why TEXT, closed_ms BIGINT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, install, seq)
);
INSERT INTO "recheck_case" VALUES(1,'gate-1','i1',4,'recheck','v2','open',1,1795248000000,NULL,NULL,NULL,'recheck 4',NULL,5,NULL,NULL,NULL,NULL,NULL);
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
CREATE INDEX case_entry_case ON case_entry ("case", number);
CREATE INDEX case_entry_seal ON case_entry (seal);
CREATE INDEX recheck_case_raised ON recheck_case (raised_ms, number);
CREATE INDEX audit_seal ON audit (seal);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('series_outbox',9);
INSERT INTO "sqlite_sequence" VALUES('audit',1);
COMMIT;
