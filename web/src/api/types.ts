// The types of what the API carries: generated from its description (`npm run api`), by name here.
// Ids of live things (contact, offer, engagement) are numbers, those of settings are strings;
// times are milliseconds since the epoch, durations end in `_ms` too.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Presence = Schemas["Presence"];
export type AgentState = Schemas["AgentState"];
export type ContactState = Schemas["ContactState"];
export type Author = Schemas["Author"];

export type Attachment = Schemas["Attachment"];
export type AgentDocument = Schemas["AgentDocument"];
export type ColleagueDocument = Schemas["ColleagueDocument"];
export type WaitRange = Schemas["WaitRange"];
export type ServiceLevel = Schemas["ServiceLevel"];
export type QueueDocument = Schemas["QueueDocument"];
export type SkillNeed = Schemas["SkillNeed"];
export type ContactDocument = Schemas["ContactDocument"];
export type ContactRecord = Schemas["ContactRecordDocument"];
export type ContactEvent = Schemas["ContactEventDocument"];
export type AttemptResult = Schemas["AttemptResult"];
export type AlarmDocument = Schemas["AlarmDocument"];
export type AlarmMeasure = Schemas["AlarmMeasure"];
export type AlarmSeverity = Schemas["AlarmSeverity"];
export type OfferDocument = Schemas["OfferDocument"];
/** Trigger, step, wait, how many waited, whether for the previous agent. */
export type OfferWhy = Schemas["OfferWhy"];
export type EngagementDocument = Schemas["EngagementDocument"];
export type FlowDocument = Schemas["FlowDocument"];
export type MessageDocument = Schemas["MessageDocument"];
/** Of a person: only keys of programs are nobody’s. */
export type Session = Schemas["SessionInfo"] & { agent_id: string };
export type Explanation = Schemas["Explanation"];
export type Candidate = Schemas["Candidate"];
export type ApiKey = Schemas["ApiKey"];
export type AnnouncedWaitsDay = Schemas["AnnouncedWaitsDay"];
export type ContainmentReport = Schemas["ContainmentReport"];
export type ContainmentDay = Schemas["ContainmentDay"];
export type LeftAt = Schemas["LeftAt"];
export type Asked = Schemas["Asked"];
export type VerdictReport = Schemas["VerdictReport"];
export type Verdicts = Schemas["Verdicts"];
export type VerdictText = Schemas["VerdictText"];
export type VerdictKey = "queue" | "agent" | "topic" | "disposition";
export type CallbackReport = Schemas["CallbackReport"];
export type CallbackDay = Schemas["CallbackDay"];
export type WhatIfQuestion = Partial<Schemas["WhatIfQuestion"]> & { first_day: string };
export type WhatIfRun = Schemas["WhatIfRun"];
export type WhatIfStudy = Schemas["Study"];
export type WhatIfEffect = Schemas["Effect"];
export type WhatIfBeforeAfter = Schemas["BeforeAfter"];
export type WhatIfMeasure = Schemas["Measure"];
export type WhatIfChange = NonNullable<Schemas["WhatIfQuestion"]["changes"]>[number];
export type WhatIfMoney = Required<Schemas["Money"]>;
export type Compared = Schemas["Compared"];
export type IntervalCompared = Schemas["IntervalCompared"];
export type Difference = Schemas["Difference"];
export type ReportCatalogue = Schemas["Catalogue"];
export type MetricEntry = Schemas["MetricEntry"];
export type DimensionEntry = Schemas["DimensionEntry"];
export type Grain = Schemas["Grain"];
export type PeriodKind = Schemas["PeriodKind"];
/** The generated type knows no names of filters. */
export type ReportQuery = Omit<Schemas["ReportQuery"], "filters"> & {
  filters: Record<string, string[]>;
};
export type ReportResult = Omit<Schemas["ReportResult"], "labels"> & {
  labels: Record<string, Record<string, string>>;
};
export type ReportSchedule = Schemas["ReportSchedule"];
export type SavedReport = Omit<Schemas["SavedReport"], "query"> & { query: ReportQuery };
export type Mailing = Schemas["Mailing"];
export type Wallboard = Schemas["Wallboard"];
export type BoardText = Schemas["BoardText"];
export type Tile = Schemas["Tile"];
export type EffectFailure = Schemas["EffectFailure"];
export type SettingChange = Schemas["SettingChangeDocument"];

export type Strategy = Schemas["Strategy"];
export type Pull = Schemas["Pull"];
export type GroupOrder = Schemas["GroupOrder"];
export type OverflowWhen = Schemas["OverflowWhen"];
export type Skill = Schemas["Skill"];
export type Team = Schemas["Team"];
export type AgentProfile = Schemas["AgentProfile"];
export type RoutingStep = Schemas["RoutingStep"];
export type Overflow = Schemas["Overflow"];
export type Queue = Schemas["Queue"];
export type OpeningSpan = Schemas["OpeningSpan"];
export type DayException = Schemas["DayException"];
export type Hours = Schemas["Hours"];
export type BreakReason = Schemas["BreakReason"];
export type Disposition = Schemas["Disposition"];
export type WidgetTopic = Schemas["WidgetTopic"];
export type Widget = Schemas["Widget"];
export type ChannelRule = Schemas["ChannelRule"];
export type CentreSettings = Schemas["CentreSettings"];
/** The generated type knows no variables: they hold any JSON value. */
export type Flow = Omit<Schemas["Flow"], "variables"> & { variables: Record<string, unknown> };
export type LookUp = Schemas["LookUp"];
export type HttpSource = Schemas["HttpSource"];
export type SqlSource = Schemas["SqlSource"];
export type KnowledgeSource = Schemas["KnowledgeSource"];
/** The generated type knows no names: a result holds any JSON value by its name. */
export type LookUpOutcome = Omit<Schemas["LookUpOutcome"], "result"> & {
  result: Record<string, unknown> | null;
};
export type KeptSecret = Schemas["KeptSecret"];
export type Article = Schemas["Article"];
export type ArticleText = Schemas["NewArticle"];
export type FoundArticle = Schemas["FoundArticle"];
export type RecordChange = Omit<Schemas["RecordChange"], "record"> & {
  record: Record<string, unknown> | null;
};
export type Intent = Schemas["Intent"];
export type Trunk = Schemas["Trunk"];
export type PhoneNumber = Schemas["PhoneNumber"];
export type PhoneAccount = Schemas["PhoneAccount"];
export type TelephoneState = Schemas["TelephoneState"];
export type PhoneSecret = Schemas["PhoneSecret"];
export type WrittenNumber = Schemas["WrittenNumber"];
export type AgentLine = AgentProfile["line"];
export type AlarmRule = Schemas["AlarmRule"];
export type Telling = Schemas["Telling"];
export type ModelState = Schemas["ModelState"];
export type UnderstandingOutcome = Schemas["UnderstandingOutcome"];
export type UnderstandingReport = Schemas["Report"];

/** The break that the centre itself gives to an agent who lets offers expire. */
export const NOT_ANSWERING = "not_answering";

export interface SettingByKind {
  skill: Skill;
  team: Team;
  agent_profile: AgentProfile;
  queue: Queue;
  hours: Hours;
  break_reason: BreakReason;
  disposition: Disposition;
  widget: Widget;
  flow: Flow;
  look_up: LookUp;
  intent: Intent;
  trunk: Trunk;
  phone_number: PhoneNumber;
  phone_account: PhoneAccount;
  alarm_rule: AlarmRule;
  centre_settings: CentreSettings;
}
export type SettingKind = keyof SettingByKind;
export type Setting = SettingByKind[SettingKind];

export type RequestBody<Name extends keyof Schemas> = Schemas[Name];
