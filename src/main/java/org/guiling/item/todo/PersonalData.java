package org.guiling.item.todo;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Visibility;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Personal data about people outside the offices: whom a petition is about or comes from (涉及对象). It is masked
 * wherever items are listed, read or exported, and shown to those who work with the item; who saw it is in the audit
 * trail, once a day.
 */
@Component
public class PersonalData {

    private static final Set<SourceType> OF_PETITIONERS =
            EnumSet.of(SourceType.MASS, SourceType.PETITION, SourceType.HOTLINE);
    private static final Set<Role> DECIDING = EnumSet.of(Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);
    private static final String MASK = "＊＊";

    /** No single characters: people are called 林 and 山. */
    private static final Pattern THINGS = Pattern.compile("(?:水箱|水塔|水池|水管|水井|管网|管道|管线|井盖|路灯|电线|电梯|楼梯|楼道|围墙|围挡"
            + "|护栏|栏杆|桥梁|道路|路面|路口|路段|巷道|人行道|排水口|排水沟|沟渠|河道|河段|池塘|公厕|厕所|垃圾箱|垃圾桶|垃圾站|垃圾点|停车场|停车位"
            + "|车位|公园|广场|绿地|绿化带|树木|农田|耕地|工地|厂房|房屋|违建|违章建筑|棚屋|仓库|商铺|摊点|市场|超市|餐馆|食堂|宾馆|小区|社区|单元"
            + "|村委会|居委会|街道办|办事处|公司|企业|集团|合作社|工厂|学校|小学|中学|幼儿园|医院|卫生院|诊所|中心|银行|机关|单位|部门|设备|设施|系统"
            + "|平台|工程|项目|资金|补贴|款项|合同|文件|制度|流程|机制|清单|名单|台账|数据|点位|站点|泵站|变压器|信号灯|标志牌|广告牌|摄像头|监控)"
            + "(?:[0-9０-９一二三四五六七八九十]+(?:处|个|座|台|条|盏|件|项|户)?)?$");

    private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
            + "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
            + "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁"
            + "荀羊甄封芮储靳段富巫乌焦巴弓牧山谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴闻莘党翟谭"
            + "贡劳姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖终居衡步都耿满弘匡文寇广东欧沃利越隆师巩聂勾敖融冷辛那简饶"
            + "空曾关查游竺权盖益公肖涂仝";

    private static final Pattern SOMEBODY = Pattern.compile(
            "^[" + SURNAMES
                    + "].{1,3}$|[某氏家]|反映|反应|投诉|举报|求助|来电|来信|女士|先生|小姐|同志|师傅|居民|村民|市民|群众|业主|租户|住户|职工|员工|工人|家长|老人|孩子|本人|代表|等人|[0-9０-９]{7,}");

    private final ToDos toDos;
    private final AuditTrail auditTrail;

    PersonalData(ToDos toDos, AuditTrail auditTrail) {
        this.toDos = toDos;
        this.auditTrail = auditTrail;
    }

    /** True where the subject of an item from this source is somebody who petitioned. */
    public static boolean isOfPetitioner(SourceType source) {
        return OF_PETITIONERS.contains(source);
    }

    /**
     * The subject as anybody may read it: of a petitioner the first character alone.
     *
     * @param subject may be null, which it then stays
     */
    public static String masked(SourceType source, String subject) {
        if (subject == null || subject.isBlank() || !isOfPetitioner(source) || isThing(subject)) {
            return subject;
        }
        return subject.substring(0, subject.offsetByCodePoints(0, 1)) + MASK;
    }

    /**
     * True where it is surely no person: it ends with the word for a thing, a place or an office, and says nothing of anybody. In
     * doubt it is somebody.
     */
    static boolean isThing(String subject) {
        String name = subject.strip();
        return THINGS.matcher(name).find() && !SOMEBODY.matcher(name).find();
    }

    /** The subject of an item as anybody may read it who sees the item. */
    public static String masked(Item item) {
        return masked(item.registration().sourceType(), item.registration().subject());
    }

    /**
     * The subject for somebody who works with the item; that they saw it is written down.
     *
     * @return null where the item has none
     */
    public String showSubject(Item item, Person reader) {
        Registration facts = item.registration();
        if (facts.subject() != null && isOfPetitioner(facts.sourceType())) {
            auditTrail.recordOnceADay(
                    AuditEventKind.PERSONAL_DATA_SHOWN, reader.id(), item.itemNo(), Map.of("field", "subject"));
        }
        return facts.subject();
    }

    /**
     * The subject for whoever opens a task, masked for readers who look at the task of others, as an operator can: they do
     * not work with the item.
     */
    public String showSubject(Item item, ToDos.ToDo toDo, Optional<Person> reader) {
        return reader.filter(toDo::isFor)
                .map(person -> showSubject(item, person))
                .orElseGet(() -> masked(item));
    }

    /** Writes down that somebody found an item by whom a petition is about: they know it now; once a day. */
    public void foundBySubject(String itemNo, Person reader) {
        auditTrail.recordOnceADay(AuditEventKind.PERSONAL_DATA_SHOWN, reader.id(), itemNo, Map.of("field", "subject"));
    }

    /**
     * Writes down that somebody read a file of the item, where it may show whom a petition is about or the item is
     * restricted; once a day.
     */
    public void fileShown(Item item, Person reader) {
        Registration facts = item.registration();
        if (isOfPetitioner(facts.sourceType()) || facts.visibility() == Visibility.RESTRICTED) {
            auditTrail.recordOnceADay(
                    AuditEventKind.PERSONAL_DATA_SHOWN,
                    reader.id(),
                    item.itemNo() + " evidence",
                    Map.of("field", "evidence"));
        }
    }

    /** Writes down that somebody read a file as it was uploaded, with where it was taken; each time. */
    public void originalRead(Item item, Person reader, long evidence, int version, String sha256) {
        auditTrail.record(
                AuditEventKind.ORIGINAL_READ,
                reader.id(),
                item.itemNo() + " evidence",
                Map.of("evidence", evidence, "version", version, "sha256", sha256));
    }

    /**
     * The subject for whoever asks for it.
     *
     * @throws RefusedException when they neither work with the item, nor registered it, nor decide in the leading group
     */
    public String subjectFor(Item item, Person reader) {
        boolean works = item.registeredBy().equals(reader.id())
                || item.responsibility() != null
                        && reader.id().equals(item.responsibility().handler())
                || toDos.of(item.itemNo()).stream().anyMatch(toDo -> toDo.isFor(reader))
                || DECIDING.stream().anyMatch(reader::has);
        if (!works) {
            throw RefusedException.forbidden("refusal.subject.masked");
        }
        return showSubject(item, reader);
    }
}
