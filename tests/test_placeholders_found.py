"""Placeholders by family: every hole at its exact place.

In the table ⟦ and ⟧ stand around each hole; a key that names a code holds lines whose holes all have it.
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
        毛入学率达到⟦（　　）⟧%，同比提高⟦（　　）⟧个百分点。
        年初结转⟦＿＿＿＿＿⟧元。
        共招聘教师⟦ ⟧名，其中研究生⟦ ⟧名。
        承办省级赛事⟦      ⟧场次，参与人数⟦      ⟧万人次。
        科技特派员⟦〔　〕⟧名。
        体育彩票公益金⟦「　」⟧万元。
        普惠园覆盖率为⟦⟧%，公办率为⟦⟧%。
        研发经费投入强度达到⟦⟧%。
        全县公办幼儿园占比达到⟦⟧%以上。
        列全市第⟦⟧位。
        比上年增加⟦⟧个百分点，增长⟦⟧%。
        共发放补助资金⟦⟧万元，受益学生⟦⟧人。
        较上年减少⟦⟧人。
        总得分⟦____⟧分（满分100分）。
        联系电话：⟦_______________⟧
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
        ⟦[单位全称]⟧2024年度工作总结
        ⟦{{ report.year }}⟧年工作总结
        报告人：⟦{姓名}⟧
        ⟦<单位名称>⟧：
        完成投资⟦【金额】⟧万元，同比增长⟦【增幅】⟧%。
        今年以来，⟦【插入本单位主要工作】⟧。
        ⟦（请在此处插入数据）⟧
        ⟦【请根据实际情况修改】⟧
        ⟦[在此处键入内容]⟧
        ⟦单击此处添加副标题⟧
        ⟦Click or tap here to enter text.⟧
        ⟦[Name]⟧，⟦[Date]⟧
        取得⟦#N/A⟧名次，差额⟦#NULL!⟧元。
        ⟦错误!未定义书签。⟧
        见第⟦错误！未定义书签。⟧页
        ⟦（填写单位）⟧关于2024年工作的总结
        ⟦{%p if students %}⟧
        ⟦${单位名称}⟧
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
        二〇二四年⟦×⟧月⟦××⟧日
        2024年⟦×⟧月
        20⟦ ⟧年⟦ ⟧月⟦ ⟧日
        时间：20⟦XX⟧.⟦XX⟧.⟦XX⟧
        2024-⟦XX⟧-⟦XX⟧
        自2024年⟦__⟧月起
        ⟦xx⟧月底前全部完成。
        20⟦??⟧年招生400人。
        ⟦XX⟧月⟦XX⟧日—⟦XX⟧日举办。
        2024年⟦XX⟧月—⟦XX⟧月完成。
        20⟦XX⟧年至20⟦XX⟧年，共投入3亿元。
        （数据截至⟦X⟧月⟦X⟧日）
        自20⟦xx⟧年⟦x⟧月⟦x⟧日起施行。
    """,
    "dates, mixed": """
        ⟦XX⟧年⟦X⟧月至⟦XX⟧年⟦X⟧月
        第⟦X⟧季度完成投资3亿元。
        ⟦（　　）⟧年⟦（　　）⟧月
    """,
    "words for content": """
        坚持立德树人，认真贯彻落实⟦XXX⟧重要讲话精神。
        时任局长⟦XXX⟧带队督查。
    """,
    "numbers": """
        全区现有中小学校⟦XX⟧所（含民办⟦X⟧所），在校生⟦X.XX⟧万人。
        家长满意度达⟦××.××⟧％，居全市第⟦×⟧位。
        累计投入⟦XXXX.XX⟧万元，惠及⟦XX⟧余名学生。
        受众群体为⟦XX⟧-⟦XX⟧岁青少年。
        实现营业收入⟦XX⟧亿元左右，利润⟦X⟧亿元以上。
        初中学业水平考试优秀率⟦xx⟧%、及格率⟦xx⟧%、低分率⟦x⟧%。
        开展家访⟦xxx⟧余次，收集意见建议⟦xx⟧条。
        获省级以上奖励⟦XX⟧项(其中一等奖⟦X⟧项)。
        新增学位⟦XXX⟧0个。
        流失教师2⟦x⟧人。
        与上年相比增加（减少）⟦XX⟧人。
        教育支出同比增长⟦Ｘ⟧％。
        建成投用⟦○⟧所学校、⟦○○⟧间教室。
        班额控制在⟦◯◯⟧人以内。
        比上年净增⟦＊＊⟧分。
        平均分提高⟦**.*⟧分，名次前进⟦*⟧位。
        全年组织集中学习⟦n⟧次。
        发明专利⟦？⟧件，其中高价值⟦？⟧件。
        在全省排第⟦X⟧、全国第⟦XX⟧。
        第⟦×⟧届⟦×⟧次教代会召开。
        “双减”以来作业时长压减至⟦X⟧分钟。
        全市完成规上工业增加值⟦XXX.X⟧亿元，认定高企⟦XX⟧+家。
        ⟦XX⟧%的学校通过验收，覆盖⟦XX⟧%以上的乡镇。
        小学、初中、高中教师分别为⟦X⟧、⟦X⟧、⟦X⟧个。
        共计⟦XX⟧、⟦XX⟧、⟦XX⟧人。
        在校生由⟦XX⟧增长到⟦XX⟧。
        较2022年⟦XX⟧%有所提高。
        每校选派⟦X⟧—⟦X⟧名骨干。
        一等奖⟦X⟧个、二等奖⟦XX⟧个（含集体⟦XX⟧个）。
        得分⟦XX.XX⟧，排名⟦XX⟧/⟦XX⟧。
        约⟦X⟧成学生参加，规模翻⟦X⟧番，是上年的⟦X⟧倍。
        其中⟦XX⟧为新建，⟦XX⟧等⟦X⟧所学校为改建。
        项目经费⟦  ⟧万元，培训教师⟦（  ）⟧人次。
        目标值：⟦____⟧%，完成率⟦……⟧%。
        支出⟦【　　】⟧万元，结余⟦〔  〕⟧万元。
        近⟦XX⟧名师生参加，历时⟦X⟧天⟦X⟧夜。
        办好第⟦XX⟧届科技节，开展“⟦X⟧大行动”。
        科技特派员⟦xx⟧名（省级⟦x⟧名，市级⟦xx⟧名）。
        实现“⟦X⟧个百分之百”。
    """,
    "to-do words beside other holes": """
        本年度数据⟦待财政决算后填报⟧。
        高考数据⟦（待6月底公布后补充）⟧。
        师资情况⟦【待人事股提供】⟧
        ⟦【注：此处数据待核】⟧
        ⟦[待补充数据]⟧
        招商引资额⟦待统计局反馈⟧亿元。
        新增项目⟦（数字待定）⟧个。
        ⟦（以下内容待完善）⟧
        获奖数⟦待更新⟧。
        科研经费⟦（暂无）⟧万元。
        此段⟦TODO⟧
        在校生人数：⟦未填⟧
        联系人：⟦待定⟧
        开放场馆⟦(TBC)⟧个。
        ⟦XXX⟧⟦待补⟧
    """,
    "names beside other holes": """
        ⟦XX⟧省⟦XX⟧市⟦XX⟧县人民政府
        在⟦XX⟧乡⟦XX⟧村召开现场会。
        承办单位：⟦XX⟧街道办事处
        ⟦某某⟧镇中心小学教学楼竣工。
        副县长⟦XX⟧同志出席。
        邀请⟦XXX⟧教授作报告。
        “⟦XX⟧杯”篮球赛
        ⟦××⟧集团、⟦××⟧医院签约。
        ⟦X⟧中、⟦X⟧小合并办学。
        由⟦XXX⟧、⟦XXX⟧等同志组成专班。
        被评为“⟦XX⟧先进集体”。
        呈现⟦XX⟧格局。
        县长⟦XXX⟧、副县长⟦XXX⟧出席。
        ⟦XX⟧局⟦XX⟧科牵头，⟦XX⟧股配合。
        文号：⟦XX⟧〔2024〕⟦XX⟧号
        ⟦XX⟧教〔2024〕⟦XX⟧号
        赴⟦×××⟧、⟦×××⟧、⟦×××⟧等地考察。
        制定《⟦XX⟧方案》，落实《⟦XX⟧县规划》。
        ⟦##⟧县、⟦**⟧区联合行动。
        电话：0791-⟦XXXXXXXX⟧
        网址：www.⟦xxx⟧.com
        邮编：⟦XXXXXX⟧
    """,
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    """`(family, line)` of every line."""
    return [
        (family, line.strip()) for family, text in table.items() for line in text.splitlines() if line.strip()
    ]


def holes(text: str) -> list[tuple[int, int, str]]:
    """`(start, end, code)` of the holes in a line of a report."""
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


WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(33, 127)})


@pytest.mark.parametrize(("family", "line"), rows(HOLES))
def test_full_width_characters_make_no_difference(family: str, line: str) -> None:
    text, spans = marked(line)
    assert [one[:2] for one in holes(text.translate(WIDE))] == spans, family


X_LINES = [
    (family, line)
    for family, line in rows(HOLES)
    if re.search("⟦[X.]+⟧", line) and not re.search("null|@|“1", line)
]


@pytest.mark.parametrize("sign", ["x", "Х", "χ", "×", "✕", "╳"])
@pytest.mark.parametrize(("family", "line"), X_LINES)
def test_the_shape_of_the_sign_makes_no_difference(family: str, line: str, sign: str) -> None:
    other = re.sub("⟦[X.]+⟧", lambda match: match[0].replace("X", sign), line)
    text, spans = marked(other)
    assert [one[:2] for one in holes(text)] == spans, family
