package org.guiling.item.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;

/** Facts of the timeline: as former versions noted them, as they are stored, and as people read them. */
public final class FactSamples {

    /** Action, note, JSON, the basis on which a date moved beside it ({@code -} for none), and the text. */
    private static final String TABLE = """
            REVIEW_REGISTRATION | ACCEPT | {"type":"Outcome","outcome":"ACCEPT"} |  | 立项审核：准予立项
            APPROVE_PLAN | APPROVE | {"type":"Outcome","outcome":"APPROVE"} |  | 方案审批：同意
            SIGN_OFF | RETURN | {"type":"Outcome","outcome":"RETURN"} |  | 销号审批：退回重改
            VERIFY | PASS | {"type":"Outcome","outcome":"PASS"} |  | 核查：通过
            LOOK_BACK | REBOUNDED | {"type":"Outcome","outcome":"REBOUNDED"} |  | 回头看：已反弹
            SPOT_CHECK | FALSIFIED | {"type":"Outcome","outcome":"FALSIFIED"} |  | 随机抽查：与台账不符，属于虚假整改
            CLAIM | handler | {"type":"Claim","handler":"handler"} |  | 认领：承办人人员handler
            CLAIM | handler 2026-03-02 | {"type":"Claim","handler":"handler","missed":"2026-03-02"} |  | 认领：承办人人员handler，认领超期（最后一日 2026-03-02）
            OPEN_FAST_LANE | handler | {"type":"Claim","handler":"handler"} |  | 即办登记：承办人人员handler
            RECORD_FINDING | verifier2 | {"type":"OtherVerifier","verifier":"verifier2"} |  | 提交核查结论：待 人员verifier2 确认
            REFUSE_FINDING | verifier | {"type":"OtherVerifier","verifier":"verifier"} |  | 不予确认核查结论：退回 人员verifier
            DECLINE | water | {"type":"SuggestedUnit","unit":"water"} |  | 申请退回：建议改由单位water牵头
            RULE_ON_DECLINE | roads → water | {"type":"Redispatch","from":"roads","to":"water"} |  | 退回裁定：单位roads改派单位water
            RULE_ON_DECLINE | = roads | {"type":"Redispatch","from":"roads"} |  | 退回裁定：维持原单位
            CHANGE_UNIT | roads → water | {"type":"UnitChange","from":"roads","to":"water"} |  | 移交单位：单位roads → 单位water
            CHANGE_UNIT | roads → roads | {"type":"UnitChange","from":"roads","to":"roads"} |  | 移交单位：单位roads（隶属关系调整，事项仍由本单位承担）
            HAND_OVER | handler → handler2 | {"type":"HandOver","from":"handler","to":"handler2"} |  | 移交承办：人员handler → 人员handler2
            REQUEST | EXTENSION | {"type":"Request","kind":"EXTENSION"} |  | 提出申请：延期
            DECIDE_REQUEST | EXTENSION APPROVE | {"type":"RequestDecision","kind":"EXTENSION","granted":true} |  | 审批申请：同意延期
            DECIDE_REQUEST | MERGER REFUSE | {"type":"RequestDecision","kind":"MERGER","granted":false} |  | 审批申请：不同意并案
            TAKE_BACK_REQUEST | TRANSFER | {"type":"Request","kind":"TRANSFER"} |  | 撤回申请：移送
            TAKE_BACK_REQUEST | YELLOW_CARD | {"type":"Card","rung":"YELLOW_CARD"} |  | 撤回申请：对黄牌的申辩
            ISSUE_CARD | RED_CARD | {"type":"Card","rung":"RED_CARD"} |  | 发牌：红牌督办函
            RULE_ON_OBJECTION | RED_CARD UPHOLD | {"type":"ObjectionRuling","rung":"RED_CARD","upheld":true} |  | 申辩裁定：红牌督办函，申辩成立，督办撤销
            RULE_ON_OBJECTION | YELLOW_CARD REJECT | {"type":"ObjectionRuling","rung":"YELLOW_CARD","upheld":false} |  | 申辩裁定：黄牌，申辩不成立，督办维持
            ASSIGN_PART | ZG-2026-000001 | {"type":"PartOf","itemNo":"ZG-2026-000001"} |  | 分解交办：父项 ZG-2026-000001
            SPLIT | ZG-2026-000002 ZG-2026-000003 | {"type":"Parts","itemNos":["ZG-2026-000002","ZG-2026-000003"]} |  | 穿透分解：ZG-2026-000002 ZG-2026-000003
            SUSPEND | → 2026-03-02 | {"type":"Suspension","until":"2026-03-02"} |  | 挂起：至 2026-03-02 复核
            RESUME | 1234 | {"type":"Paused","days":1234} | - | 恢复办理：挂起 1234 天，期限顺延；期限由 2026-03-02 调整为 2026-03-12
            DUE_MOVED | 10 | {"type":"Paused","days":10} | - | 期限调整：挂起 10 天，期限顺延；回头看日期由 2026-03-02 调整为 2026-03-12
            DUE_MOVED | 2026-03-02 → 2026-03-12 · 国办发〔2026〕7号 | {"type":"DateMoved","from":"2026-03-02","to":"2026-03-12","notice":"国办发〔2026〕7号"} | 国办发〔2026〕7号 | 期限调整；回头看日期由 2026-03-02 调整为 2026-03-12（依据：国办发〔2026〕7号）
            EXTEND | 2026-03-02 → 2026-03-12 | {"type":"DateMoved","from":"2026-03-02","to":"2026-03-12"} | 测试 | 延期；期限由 2026-03-02 调整为 2026-03-12（依据：测试）
            EXTEND | 2026-03-02 → 2026-03-12 | {"type":"DateMoved","from":"2026-03-02","to":"2026-03-12"} |  | 延期：2026-03-02 → 2026-03-12
            MERGE | → ZG-2026-000009 | {"type":"MergedInto","itemNo":"ZG-2026-000009"} |  | 并案：并入 ZG-2026-000009
            MERGE | ← ZG-2026-000008 | {"type":"MergedIn","itemNo":"ZG-2026-000008"} |  | 并案：ZG-2026-000008 并入本事项
            MERGE | ← ZG-2026-000008 1 2 | {"type":"MergedIn","itemNo":"ZG-2026-000008","levelBefore":1,"level":2} |  | 并案：ZG-2026-000008 并入本事项，等级由一般升为较大
            TRANSFER | 收〔2026〕 3号 | {"type":"Receipt","number":"收〔2026〕 3号"} |  | 移送：移送回执 收〔2026〕 3号
            CANCEL | OBJECT_GONE | {"type":"Cancellation","ground":"OBJECT_GONE"} |  | 撤销：对象灭失
            REOPEN | 2 | {"type":"Round","round":2} | - | 反弹重开：第 2 轮；期限由 2026-03-02 调整为 2026-03-12
            ADD_EVIDENCE | 0 1 0a1b 现场 照片.jpg | {"type":"EvidenceFile","version":1,"sha256":"0a1b","name":"现场 照片.jpg"} |  | 上传佐证：“现场 照片.jpg”
            REPLACE_EVIDENCE | 1000 2000 0a1b 说明.pdf | {"type":"EvidenceFile","measure":1000,"version":2000,"sha256":"0a1b","name":"说明.pdf"} |  | 更新佐证：措施 1000“说明.pdf”（第 2000 版）
            TAKE_OVER_EVIDENCE | ZG-2026-000007 3 1 0a1b 说明.pdf | {"type":"EvidenceFile","takenFrom":"ZG-2026-000007","measure":3,"version":1,"sha256":"0a1b","name":"说明.pdf"} |  | 引用佐证：措施 3“说明.pdf”（引自 ZG-2026-000007）
            CLOSE | 2026-03-12 | {"type":"LookBack","day":"2026-03-12"} |  | 销号：定于 2026-03-12 回头看
            STEP_MOVED | DEADLINE | {"type":"StepMoved","step":"DEADLINE"} |  | 步骤调整：整改落实自新版本起归入限期整改
            REPORT_PROGRESS | 已到货 → 待安装，"三处" 1 2 | {"type":"Words","text":"已到货 → 待安装，\\"三处\\" 1 2"} |  | 报告进展：已到货 → 待安装，"三处" 1 2
            """;

    private FactSamples() {}

    /**
     * A fact of an action.
     *
     * @param note as {@code timeline.note} kept it before {@code V73}
     * @param json as {@code timeline.fact} keeps it
     * @param due the change of a date beside it, or null
     * @param text the line as people read it
     */
    public record Sample(Action action, String note, String json, DueChange due, String text) {

        public TimelineFact fact() {
            return TimelineFacts.read(json);
        }

        public TimelineEntry entry() {
            return entry(fact());
        }

        /** The entry of a row that has a note. */
        public TimelineEntry formerEntry() {
            return entry(FormerNotes.read(action, note));
        }

        private TimelineEntry entry(TimelineFact fact) {
            return new TimelineEntry(
                    Instant.EPOCH,
                    "handler",
                    action,
                    Step.DEADLINE,
                    1,
                    ItemStatus.RECTIFYING,
                    fact,
                    null,
                    null,
                    due,
                    null,
                    null);
        }
    }

    public static Stream<Sample> all() {
        return TABLE.lines()
                .map(line -> line.split(" [|] "))
                .map(columns ->
                        new Sample(Action.valueOf(columns[0]), columns[1], columns[2], due(columns[3]), columns[4]));
    }

    private static DueChange due(String basis) {
        return basis.isEmpty()
                ? null
                : new DueChange(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 12), basis.equals("-") ? null : basis);
    }
}
