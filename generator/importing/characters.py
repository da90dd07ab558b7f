"""How documents spell the law's words: mirrors in traditional characters, PDFs with radicals.

Only for looking words up. What a report says is kept as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.language import labels
from generator.language.lookalikes import LOOKALIKES

# Characters of the forms' words as mirrors in traditional characters print them.
TRADITIONAL = str.maketrans(
    "總計動開規範檔處決數額許強項費對務購業構會組織體況複複議訴訟維結糾審轉與請機關關無沒現屬國"
    "秘覆製作補後內容仍確報舉類經復執層級門應當單價點頁為這個從該過環節論號億萬廢壓礎減增擬編續"
    "據問題進階勾稽係於並徵詢簡繁際間險達選還鄉鎮長電話郵遞區縣協兩雙變讓認識訊資訊據庫發佈"
    "徑聯網頁頻臺灣灘灣監督檢舉訪違掌握條準則實施辦給繳納類僅衛優劃劇獲護權益衆險穩餘歲"
    "衝複誤繫絡圖書館檔案離擔責專欄屆閱讀隨時檢查記錄簽證標誌稱謂繼罰採",
    "总计动开规范档处决数额许强项费对务购业构会组织体况复复议诉讼维结纠审转与请机关关无没现属国"
    "秘复制作补后内容仍确报举类经复执层级门应当单价点页为这个从该过环节论号亿万废压础减增拟编续"
    "据问题进阶勾稽系于并征询简繁际间险达选还乡镇长电话邮递区县协两双变让认识讯资讯据库发布"
    "径联网页频台湾滩湾监督检举访违掌握条准则实施办给缴纳类仅卫优划剧获护权益众险稳余岁"
    "冲复误系络图书馆档案离担责专栏届阅读随时检查记录签证标志称谓继罚采",
)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]")
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü\s'·]+\)")
REMARK = re.compile(r"\([^()]*\)$")
SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text without characters that nobody sees, its blanks as plain ones."""
    return UNSEEN.sub("", text).replace("\xa0", " ").replace("\u3000", " ")


@lru_cache(maxsize=16384)
def plain_spelling(text: str) -> str:
    """The text in simplified characters, half width where there is one, without blanks."""
    folded = unicodedata.normalize("NFKC", visible(text)).translate(LOOKALIKES)
    return PINYIN.sub("", SPACE.sub("", folded.translate(TRADITIONAL)))


@lru_cache(maxsize=16384)
def spelling(text: str) -> str:
    """The form in which two spellings of a word of the law are equal."""
    return labels.normal(plain_spelling(text))


def without_remark(word: str) -> str:
    """A spelling without the brackets at its end: `规范性文件(本单位制发的)`."""
    return REMARK.sub("", word) or word
