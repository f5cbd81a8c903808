-- A database as Rapporteur made it before wordings were kept once: two editions, of which the second is live.
BEGIN TRANSACTION;
CREATE TABLE audiences (
	server BIGINT NOT NULL, 
	channel BIGINT NOT NULL, 
	audience VARCHAR(10) NOT NULL, 
	PRIMARY KEY (server, channel)
);
INSERT INTO "audiences" VALUES(1,0,'private');
CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	actor TEXT NOT NULL, 
	action VARCHAR(100) NOT NULL, 
	edition VARCHAR(64), 
	previous VARCHAR(64), 
	detail TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "audit" VALUES(1,'2025-03-15T12:00:00.000000+00:00','a','refresh','1982ae8dfe8a88a39db464b88c725e77fa39ea5297e7d3ea55b7427b4ad1c64a',NULL,'');
INSERT INTO "audit" VALUES(2,'2025-03-15T13:00:00.000000+00:00','terminal','refresh','351208b2148d1a19fcfec12db0731b58df197b1c1d403ad26b2e16d642780252','1982ae8dfe8a88a39db464b88c725e77fa39ea5297e7d3ea55b7427b4ad1c64a','');
INSERT INTO "audit" VALUES(3,'2025-03-15T14:00:00.000000+00:00','ann','equivalent_added',NULL,NULL,'{"word": "handle", "means": "pump", "language": "en"}');
CREATE TABLE changes (
	only INTEGER NOT NULL CHECK ("only" = 1), 
	number INTEGER NOT NULL, 
	PRIMARY KEY (only)
);
INSERT INTO "changes" VALUES(1,2);
CREATE TABLE edition_reports (
	edition VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	report VARCHAR(64) NOT NULL, 
	PRIMARY KEY (edition, position), 
	FOREIGN KEY(edition) REFERENCES editions (digest), 
	FOREIGN KEY(report) REFERENCES reports (digest)
);
INSERT INTO "edition_reports" VALUES('1982ae8dfe8a88a39db464b88c725e77fa39ea5297e7d3ea55b7427b4ad1c64a',0,'de8f736d87173d905d01f22fdd7288dd6aa69b96671ac3a33974747f2c55a51c');
INSERT INTO "edition_reports" VALUES('1982ae8dfe8a88a39db464b88c725e77fa39ea5297e7d3ea55b7427b4ad1c64a',1,'a48d1f0536c111348e7aafdf96c92da0467ca630833f19ef52f150feb6de7bb6');
INSERT INTO "edition_reports" VALUES('351208b2148d1a19fcfec12db0731b58df197b1c1d403ad26b2e16d642780252',0,'6d684c04a0bb0e2e766a89857985844cf219b2f741ebb6a993bc4fcf652e8771');
INSERT INTO "edition_reports" VALUES('351208b2148d1a19fcfec12db0731b58df197b1c1d403ad26b2e16d642780252',1,'a48d1f0536c111348e7aafdf96c92da0467ca630833f19ef52f150feb6de7bb6');
CREATE TABLE editions (
	digest VARCHAR(64) NOT NULL, 
	published INTEGER NOT NULL, 
	PRIMARY KEY (digest), 
	FOREIGN KEY(published) REFERENCES audit (number)
);
INSERT INTO "editions" VALUES('1982ae8dfe8a88a39db464b88c725e77fa39ea5297e7d3ea55b7427b4ad1c64a',1);
INSERT INTO "editions" VALUES('351208b2148d1a19fcfec12db0731b58df197b1c1d403ad26b2e16d642780252',2);
CREATE TABLE equivalents (
	language VARCHAR(35) NOT NULL, 
	word VARCHAR(200) NOT NULL, 
	means VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (language, word, means)
);
INSERT INTO "equivalents" VALUES('en','handle','pump','2025-03-15T14:00:00.000000+00:00','ann');
CREATE TABLE feedback_key (
	only INTEGER NOT NULL CHECK ("only" = 1), 
	"key" VARCHAR(64) NOT NULL, 
	PRIMARY KEY (only)
);
CREATE TABLE live (
	only INTEGER NOT NULL CHECK ("only" = 1), 
	edition VARCHAR(64) NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (only), 
	FOREIGN KEY(edition) REFERENCES editions (digest)
);
INSERT INTO "live" VALUES(1,'351208b2148d1a19fcfec12db0731b58df197b1c1d403ad26b2e16d642780252','2025-03-15T13:00:00.000000+00:00','terminal');
CREATE TABLE passages (
	report VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	label VARCHAR(100) NOT NULL, 
	paragraph INTEGER, 
	part INTEGER, 
	page INTEGER, 
	section TEXT, 
	kind VARCHAR(20) NOT NULL, 
	fingerprint VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	tail TEXT NOT NULL, 
	sentences TEXT NOT NULL, 
	number TEXT, 
	lead VARCHAR(100), 
	torn INTEGER, 
	marks TEXT, 
	PRIMARY KEY (report, position), 
	FOREIGN KEY(report) REFERENCES reports (digest)
);
INSERT INTO "passages" VALUES('de8f736d87173d905d01f22fdd7288dd6aa69b96671ac3a33974747f2c55a51c',0,'title',NULL,NULL,NULL,NULL,'title','6ed7b69c','A report','

','8',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('de8f736d87173d905d01f22fdd7288dd6aa69b96671ac3a33974747f2c55a51c',1,'1',1,NULL,NULL,NULL,'body','6ccbae3c','First.','
','6',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('de8f736d87173d905d01f22fdd7288dd6aa69b96671ac3a33974747f2c55a51c',2,'2',2,NULL,NULL,NULL,'body','1e8bbbab','Second.','','7',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('a48d1f0536c111348e7aafdf96c92da0467ca630833f19ef52f150feb6de7bb6',0,'title',NULL,NULL,NULL,NULL,'title','6ed7b69c','A report','

','8',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('a48d1f0536c111348e7aafdf96c92da0467ca630833f19ef52f150feb6de7bb6',1,'1',1,NULL,NULL,NULL,'body','560c6aac','Third.','','6',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('6d684c04a0bb0e2e766a89857985844cf219b2f741ebb6a993bc4fcf652e8771',0,'title',NULL,NULL,NULL,NULL,'title','6ed7b69c','A report','

','8',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('6d684c04a0bb0e2e766a89857985844cf219b2f741ebb6a993bc4fcf652e8771',1,'1',1,NULL,NULL,NULL,'body','6ccbae3c','First.','
','6',NULL,NULL,NULL,NULL);
INSERT INTO "passages" VALUES('6d684c04a0bb0e2e766a89857985844cf219b2f741ebb6a993bc4fcf652e8771',2,'2',2,NULL,NULL,NULL,'body','ae709d88','Second, changed.','','16',NULL,NULL,NULL,NULL);
CREATE TABLE reports (
	digest VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	title TEXT NOT NULL, 
	language VARCHAR(100) NOT NULL, 
	publisher TEXT, 
	date DATE, 
	url TEXT, 
	symbol TEXT, 
	note TEXT, 
	source VARCHAR(64), 
	PRIMARY KEY (digest)
);
INSERT INTO "reports" VALUES('de8f736d87173d905d01f22fdd7288dd6aa69b96671ac3a33974747f2c55a51c','report-1','A report','en',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reports" VALUES('a48d1f0536c111348e7aafdf96c92da0467ca630833f19ef52f150feb6de7bb6','report-2','A report','en',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reports" VALUES('6d684c04a0bb0e2e766a89857985844cf219b2f741ebb6a993bc4fcf652e8771','report-1','A report','en',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE schema (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema" VALUES(3);
CREATE TABLE unfound (
	day DATE NOT NULL, 
	question TEXT NOT NULL, 
	edition VARCHAR(12) NOT NULL, 
	PRIMARY KEY (day, question)
);
CREATE TABLE votes (
	voter VARCHAR(16) NOT NULL, 
	answer VARCHAR(20) NOT NULL, 
	passage VARCHAR(100) NOT NULL, 
	asked VARCHAR(40) NOT NULL, 
	is_helpful INTEGER NOT NULL, 
	day DATE NOT NULL, 
	PRIMARY KEY (voter, answer)
);
CREATE INDEX ix_reports_id ON reports (id);
CREATE INDEX ix_votes_passage ON votes (passage);
CREATE INDEX passages_by_label ON passages (report, label);
CREATE INDEX ix_edition_reports_report ON edition_reports (report);
COMMIT;
