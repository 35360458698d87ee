"""Placeholders by family: every hole at its exact place, and look-alikes of each family that are none.

In the tables ⟦ and ⟧ stand around each hole; a key that names a code holds lines whose holes all have it.
"""

from __future__ import annotations

import re

import pytest
from engine import read

HOLES = {
    "PLC001 masks that keep the digits": """
        全县共有幼儿园⟦xx⟧所、小学⟦xxx⟧所，在校学生⟦xxxxx⟧人。
        毛入园率⟦x.x⟧%，比上年提高⟦x.xx⟧个百分点。
        落实项目资金⟦*.*⟧亿元，拆除危房⟦**.**⟧万平方米。
        技术合同成交额突破2.⟦XX⟧亿元。
        高新技术企业达到4⟦X⟧家，增长1⟦X⟧%。
        完成固定资产投资1,⟦XXX⟧万元。
        每万人发明专利拥有量⟦Ｘ．Ｘ⟧件。
        研发投入强度达⟦X.XX⟧％，同比提高0.⟦X⟧个百分点。
        体育彩票销售⟦x⟧亿⟦x⟧千万元。
        服务群众⟦XX⟧万余人次，发放资料⟦XXXX⟧份。
    """,
    "PLC001 letters and signs before a unit": """
        招聘中小学教师⟦╳⟧名，特岗教师⟦××⟧名。
        争取上级资金⟦＊＊⟧万元。
        建成智慧教室⟦X⟧余间、录播室⟦XX⟧多间。
        全市排名由第⟦X⟧位上升到第⟦X⟧位。
        清华、北大录取⟦XX⟧人，⟦XXX⟧分以上⟦XX⟧人。
        覆盖率由⟦XX⟧%提高到⟦XX⟧%。
        先后开展⟦X⟧轮督查、⟦X⟧次“回头看”。
        学位缺口约⟦X⟧个左右。
        达标支部⟦N⟧个，约占⟦NN⟧%。
        计划招生⟦XX⟧—⟦XX⟧人。
        建成⟦##⟧个体育公园、⟦###⟧公里健身步道。
        占地⟦○○⟧亩，建筑面积⟦○○○○⟧平方米。
        资助学生⟦■■⟧人次，投入⟦△⟧万元。
        2023年招生⟦???⟧人，兑现奖补资金⟦？？⟧万元。
        总投资⟦……⟧万元。
        男生⟦X⟧人、女生⟦X⟧人（其中住校生⟦X⟧人）。
        上午⟦X⟧时⟦X⟧分集合。
        教职工**1183**人，其中专任教师⟦XX⟧人。
    """,
    "PLC001 masked and real values side by side": """
        共有教职工⟦**⟧人，其中专任教师1183人。
        全县总人口40.8万人，现辖⟦**⟧个乡镇、⟦**⟧个行政村。
        紧缺人才计划数⟦×⟧人，录用16人。
        小学126所、初中⟦x⟧所（含九年一贯制学校⟦x⟧所）。
    """,
    "PLC001 meetings, schemes, numbers of lists": """
        深入学习贯彻党的⟦XX⟧大和⟦XX⟧届⟦X⟧中全会精神。
        召开局党组第⟦×⟧次会议。
        贯彻县委⟦×⟧届⟦×⟧次全会部署。
        实施“⟦X⟧年跨⟦X⟧亿”行动。
        “十⟦X⟧五”时期科技事业平稳发展。
        按照临教字〔2023〕⟦**⟧号文件要求办理。
        ⟦x⟧.城区学校建设。⟦x⟧.农村学校建设。
    """,
    "PLC004 what a program leaves": """
        增长⟦NaN⟧%，在校生⟦null⟧人，投入⟦undefined⟧万元。
    """,
    "document numbers": """
        根据《关于做好总结工作的通知》（临教发〔⟦xxxx⟧〕⟦x⟧号）要求。
        临政发⟦〔 〕⟧12号
    """,
    "PLC002 blanks": """
        在园幼儿⟦（ ）⟧人，占⟦(  )⟧%。
        应届毕业生⟦____⟧人，升学率⟦___⟧%。
        年度预算执行率⟦__.__⟧%。
        专任教师⟦   ⟧人，其中高级职称⟦  ⟧人。
        全年争取项目资金⟦    ⟧万元，新建校舍⟦    ⟧平方米。
        列全省第⟦  ⟧位。
        获国家级奖项⟦【 】⟧项。
        培训骨干教师⟦［ ］⟧人次。
        投入资金⟦﹍﹍﹍⟧万元，支出⟦＿＿⟧万元。
        实现增加值⟦______⟧亿元，同比增长⟦______⟧%。
    """,
    "PLC002 a unit without its number": """
        研究生学历占⟦⟧%。
        投入资金达⟦⟧万元，体育场馆开放率⟦⟧%。
        公办率比上年提高⟦⟧个百分点。
        新建幼儿园⟦⟧所，改扩建学校⟦⟧所。
        建成体育公园⟦⟧个，铺设健身步道⟦⟧公里。
    """,
    "PLC003 to-do words": """
        参训教师⟦待统计⟧人。
        实际到位资金⟦（待核实）⟧。
        清华录取人数：⟦待补充⟧
        下半年⟦数据待报⟧。
        体彩销量⟦【数据待补】⟧万元。
        增幅⟦TBD⟧。
        奖补金额⟦tbd⟧，覆盖面⟦待定⟧。
        研发投入占比⟦（待科技股提供）⟧。
        ⟦TODO⟧：补充体育数据
        全年培训⟦【此处缺数据】⟧场。
        体质达标率⟦（数据缺）⟧。
        落实奖补资金⟦（后续补充）⟧。
        具体数字⟦后补⟧。
        截至目前⟦尚无数据⟧。
    """,
    "PLC004 fields of templates and mail merge": """
        负责人：⟦«姓名»⟧，单位：⟦«单位名称»⟧
        全县在校生⟦{{students}}⟧人，投入⟦${amount}⟧万元。
        新增⟦<企业数>⟧家企业，增长⟦[比例]⟧%。
        ⟦{ MERGEFIELD 学校名称 }⟧本年度招生⟦{count}⟧人。
        投入⟦[[金额]]⟧万元，完成⟦<<项目数>>⟧项。
        招生⟦%学校数%⟧人，教师⟦$教师数$⟧人，支出⟦<%= total %>⟧万元。
        ⟦【单位名称】⟧关于⟦【事项名称】⟧的报告
        ⟦[填写工作背景、时间范围和总体情况。]⟧
    """,
    "PLC004 errors of sheets and of Word": """
        合计⟦#REF!⟧万元，占比⟦#DIV/0!⟧，均值⟦#N/A⟧。
        增速⟦#VALUE!⟧，排名⟦#NAME?⟧，差额⟦#NUM!⟧。
        详见⟦错误！未找到引用源。⟧
        参见⟦Error! Reference source not found.⟧
    """,
    "PLC004 instructions": """
        ⟦单击或点击此处输入文字。⟧
        ⟦点击此处添加标题⟧
        ⟦[请在此输入]⟧
        ⟦（此处填写具体数字）⟧
        ⟦请在此处填写主要成效⟧
        ⟦此处插入统计图⟧
    """,
    "PLC005 names": """
        ⟦X⟧县教育科技体育局2023年工作总结
        ⟦XX⟧小学、⟦××⟧中学、⟦**⟧幼儿园联合承办。
        与⟦某某⟧局、⟦某⟧县教育局座谈。
        ⟦××⟧同志任组长，⟦XX⟧副县长到⟦XX⟧镇调研。
        与⟦○○⟧大学、⟦XXX⟧有限公司签订协议。
        划归原⟦xx⟧县、原⟦xx⟧区管理。
        ⟦X⟧局长主持会议。
        ⟦某⟧省⟦某⟧市⟦某⟧县教育局
        引进北京⟦**⟧科技公司。
    """,
    "PLC006 dates": """
        20⟦XX⟧年度工作总结
        202⟦x⟧年，20⟦**⟧年，20⟦__⟧年，20⟦□□⟧年。
        ⟦XXXX⟧年⟦XX⟧月⟦XX⟧日
        ⟦×⟧月⟦×⟧日至⟦×⟧日举办培训班。
        截至⟦X⟧月底完成，⟦X⟧-⟦X⟧月推进。
        临川县教育局　2023年⟦__⟧月⟦__⟧日
        临川县教育局　2023年12月⟦  ⟧日
        二〇二⟦X⟧年，二○二⟦×⟧年⟦×⟧月。
        20⟦  ⟧年⟦  ⟧月⟦  ⟧日
        临川县体育中心201⟦X⟧/⟦X⟧/⟦XX⟧
        20⟦XX⟧—20⟦XX⟧学年度
    """,
    "words for content": """
        坚持立德树人，认真贯彻落实⟦XXX⟧重要讲话精神。
        时任局长⟦XXX⟧带队督查。
    """,
}

LOOKALIKES = {
    "schemes and policies": """
        印发《“数据要素×”三年行动计划》，举办“数据要素×”大赛。
        打造“415X”先进制造业集群，构建“1+N+X”政策体系。
        推进1+X证书制度试点和“党建+X”“AI+X”融合。
        构建“4×4”现代化产业体系。
        推行“N+1”服务模式，落实“1+M+N”机制。
    """,
    "products, dimensions, formulas": """
        建设2×35万千瓦热电联产机组。
        教室规格10×20米，跑道400米×8道，场地6m×9m。
        坚持7×24小时值班，推行5×8小时工作制。
        承办3×3篮球赛，男子4×100米接力破纪录。
        录播设备支持1920×1080分辨率，展板200×300mm。
        绩效工资=基数×系数，占比=（本科人数÷总人数）×100%。
        总价为单价×数量，矩形面积=长×宽。
        解方程x+2=5，二元一次方程x+y=10。
    """,
    "nouns with X or N": """
        购置X光机、X线机各1台，检测X射线和X波段雷达。
        X轴和Y轴，X染色体与Y染色体。
        采购iPhone X、Model X、SpaceX、Xbox和RTX4090。
        校服尺码有L、XL、XXL、XXXL号。
        采购N95口罩2000个，XR头显30台，X86服务器2台。
        第XXIV届冬季奥运会在我省举办。
        采用X.509证书，系统升级到2.x版本，安装Python3.x环境。
        推进Ⅳ级应急响应，Ⅹ类设备更新。
    """,
    "zero of Chinese numerals": """
        到二〇三五年基本实现现代化，二○二四年三月。
        第一〇一中学迁建，九〇后教师占三成。
        二 〇 二 四 年 十 二 月
        一九九〇年建校。
    """,
    "stars and marks": """
        *注：数据来源于统计年报。
        ＊此表为初步统计数。
        带*号的为约束性指标，标＊的为预期性指标。
        **一、基本情况**
        全年完成**重点任务**清单，**高质量**推进。
        推进*ST公司重整。
        体育馆通过四星★★★★评定。
        ※ 以上数据以年报为准。
        √表示完成，×表示未完成。
        ● 加强领导
        ○ 加强领导
        □ 记者 王明
    """,
    "hash signs": """
        #乡村振兴# 话题浏览量破万。
        ### 三、主要做法
        1#、2#教学楼竣工，3#楼封顶。
        网评#临川教育##临川体育#两个话题。
    """,
    "web residue": """
        快来报名吧！×
        ×
        分享到微信 ×
        <br>全县教育平稳发展。</p>
        网址：https://www.linchuan.gov.cn/edu_2023/x/index_xx.html
        邮箱：x_wang@linchuan.gov.cn，文件名：edu_2023_final_xx.docx
        标签user_name和K_max为变量名，调用main()和f(x)。
    """,
    "privacy": """
        教师李××拾金不昧，学生王某某见义勇为。
        犯罪嫌疑人陈某某因诈骗被刑拘。
        车牌湘A·8***2，电话138****5678。
        身份证号3621022000********。
        某中学教师张某因有偿补课受到处理。
        驻县某部官兵参加植树。
    """,
    "ordinary words": """
        某些环节存在不足，某种程度上影响质量，某一方面有短板，某个学校、某项工作滞后。
        待遇持续改善，等待时间缩短，期待合作，待业青年减少，待办事项清零。
        管理有待提高，问题亟待解决，接待来访20人，指日可待。
        请各校填写附件表格后报送，引导家长填写问卷。
        评选健身达人20名，占地为公共用地，为人师表，大有作为。
        在此处新建停车场，点击率提高30%。
        数据待遇一体化平台，待产妇女帮扶。
    """,
    "brackets": """
        （一）加强领导。（三）强化督导。（四）狠抓落实。
        按照教字〔2023〕12号、教办〔2022〕5号要求[1]办理。
        【学前教育】普及普惠水平稳步提高。
        【典型案例】城关小学开展劳动教育。
        [来源：县统计局]
        《临川县志》（初稿）完成。
        经费（含专项）2万元，附件（略）。
    """,
    "forms": """
        是否完成：□是 □否
        性别：男□ 女□　是否寄宿：是□否□
        姓名：____　　签字：____
        负责人（签字）：＿＿＿＿　　年　月　日
        单位（盖章）：　　　　年　月　日
        姓名（　　　　）　学号（　　　　）
    """,
    "layout": """
        主　任：王　明
        局 长：陈立　　联 系 人：周敏
        工 作 总 结
        单位：万元　　%
        固定资产投资    万元    12345
        增长率（%），占比（%），单位：  万元
        — 1 —
        ——————————
        * * *
        ____________________
        ==========
        报告完毕……谢谢大家——再见。
        增速在5%以上（含5%以上部分）。
    """,
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    """`(family, line)` of every line."""
    return [
        (family, line.strip()) for family, text in table.items() for line in text.splitlines() if line.strip()
    ]


def holes(text: str) -> list[tuple[int, int, str]]:
    found = read(f"{text}\n", title="临川县2023年工作总结\n\n前言一段。\n\n").holes
    return [(one.location.column - 1, one.location.column - 1 + len(one.text), one.code) for one in found]


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The line without its marks, and the spans between them."""
    spans = []
    for at, match in enumerate(re.finditer("⟦(.*?)⟧", line)):
        start = match.start() - 2 * at
        spans.append((start, start + len(match[1])))
    return re.sub("[⟦⟧]", "", line), spans


@pytest.mark.parametrize(("family", "line"), rows(HOLES))
def test_a_placeholder_is_found_at_its_exact_place(family: str, line: str) -> None:
    text, spans = marked(line)
    found = holes(text)
    assert [one[:2] for one in found] == spans
    if family.startswith("PLC"):
        assert {one[2] for one in found} == {family.split(maxsplit=1)[0]}


@pytest.mark.parametrize(("family", "line"), rows(LOOKALIKES))
def test_what_only_looks_like_a_placeholder_is_left_alone(family: str, line: str) -> None:
    assert holes(line) == [], family
