"""One page of plain text in five languages for the bench: everyday sentences of the length leaflets have, no advice."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class Section(NamedTuple):
    """A heading and what stands under it."""

    heading: str
    lines: tuple[str, ...]


class Page(NamedTuple):
    """A title, a paragraph and sections: a page of A4 at 12 points."""

    title: str
    intro: str
    sections: tuple[Section, ...]


def _page(title: str, intro: str, *sections: tuple[str, ...]) -> Page:
    return Page(title, intro, tuple(Section(heading, lines) for heading, *lines in sections))


PAGES = MappingProxyType({
    "da": _page(
        "Her kan du få hjælp", "Dette ark er til dig. Du bestemmer selv, om du vil tale med nogen, og hvad du vil fortælle.",
        ("Sådan taler du med os", "Du kan ringe, skrive eller komme forbi, når det passer dig.",
         "Vi taler flere sprog og finder en tolk, hvis du ønsker det.", "Du behøver ikke sige, hvad du hedder, for at stille et spørgsmål.",
         "Du kan tage en ven eller en veninde med til samtalen."),
        ("Hos lægen", "En læge eller en sygeplejerske kan se på dig og give dig medicin.",
         "Du kan blive undersøgt for smitsomme sygdomme og få svaret på stedet.", "Spørg, hvad undersøgelsen koster, før den begynder.",
         "Tag dine papirer om tidligere behandling med, hvis du har dem."),
        ("Når du arbejder", "Gem dine lønsedler, beskeder og billeder fra arbejdspladsen et sikkert sted.",
         "Skriv ned, hvornår du begynder, og hvornår du går hjem.", "Dit pas er dit eget, og ingen anden har brug for at gemme det.",
         "En rådgiver kan læse din kontrakt sammen med dig."),
        ("Hvis du vil hjem", "En medarbejder kan fortælle dig, hvordan rejsen forberedes.",
         "Tag dig god tid, og stil alle de spørgsmål, du har.", "Gem dette ark et sted, hvor kun du kan finde det."),
    ),
    "vi": _page(
        "Nơi bạn có thể được giúp đỡ", "Tờ giấy này dành cho bạn. Bạn tự quyết định có muốn nói chuyện hay không và kể những gì.",
        ("Cách nói chuyện với chúng tôi", "Bạn có thể gọi điện, nhắn tin hoặc ghé qua khi nào thuận tiện.",
         "Chúng tôi nói nhiều thứ tiếng và tìm người phiên dịch nếu bạn muốn.", "Bạn không cần nói tên mình khi muốn hỏi một điều gì đó.",
         "Bạn có thể đưa một người bạn đi cùng đến buổi nói chuyện."),
        ("Ở chỗ bác sĩ", "Bác sĩ hoặc y tá có thể khám cho bạn và đưa thuốc cho bạn.",
         "Bạn có thể được xét nghiệm các bệnh lây nhiễm và nhận kết quả tại chỗ.", "Hãy hỏi giá của việc khám trước khi bắt đầu.",
         "Hãy mang theo giấy tờ về những lần điều trị trước nếu bạn có."),
        ("Khi bạn đi làm", "Hãy giữ phiếu lương, tin nhắn và hình ảnh từ chỗ làm ở một nơi an toàn.",
         "Hãy ghi lại giờ bạn bắt đầu và giờ bạn về nhà mỗi ngày.", "Hộ chiếu là của bạn và không ai khác cần phải giữ nó.",
         "Người tư vấn có thể cùng bạn đọc hợp đồng lao động."),
        ("Nếu bạn muốn về nhà", "Một nhân viên có thể kể cho bạn việc chuẩn bị chuyến đi.",
         "Hãy suy nghĩ kỹ và hỏi tất cả những điều bạn muốn biết.", "Hãy cất tờ giấy này ở nơi chỉ mình bạn tìm thấy."),
    ),
    "th": _page(
        "ที่ที่คุณขอความช่วยเหลือได้", "กระดาษแผ่นนี้เป็นของคุณ คุณตัดสินใจเองว่าจะคุยกับใครหรือไม่ และจะเล่าเรื่องอะไรให้ฟังบ้าง",
        ("คุยกับเราได้อย่างไร", "คุณโทรหาเรา ส่งข้อความ หรือแวะมาหาเราเมื่อไหร่ก็ได้ที่คุณสะดวก",
         "เราพูดได้หลายภาษา และจะหาล่ามให้ถ้าคุณต้องการ", "คุณไม่ต้องบอกชื่อของคุณเมื่ออยากถามคำถาม",
         "คุณพาเพื่อนมาคุยด้วยกันได้"),
        ("ที่คลินิก", "หมอหรือพยาบาลตรวจร่างกายให้คุณและให้ยาคุณได้",
         "คุณตรวจโรคติดต่อได้และรู้ผลตรวจในวันเดียวกัน", "ถามราคาของการตรวจก่อนที่จะเริ่มตรวจ",
         "ถ้ามีเอกสารการรักษาครั้งก่อน ให้นำมาด้วย"),
        ("เมื่อคุณทำงาน", "เก็บใบจ่ายเงินเดือน ข้อความ และรูปถ่ายจากที่ทำงานไว้ในที่ปลอดภัย",
         "จดเวลาที่คุณเริ่มทำงานและเวลาที่คุณกลับบ้านทุกวัน", "หนังสือเดินทางเป็นของคุณ คนอื่นไม่จำเป็นต้องเก็บไว้",
         "ที่ปรึกษาช่วยอ่านสัญญาจ้างงานพร้อมกับคุณได้"),
        ("ถ้าคุณอยากกลับบ้าน", "เจ้าหน้าที่เล่าให้คุณฟังได้ว่าการเดินทางเตรียมกันอย่างไร",
         "ใช้เวลาคิดให้นาน และถามทุกเรื่องที่คุณอยากรู้", "เก็บกระดาษแผ่นนี้ไว้ในที่ที่คุณคนเดียวหาเจอ"),
    ),
    "ar": _page(
        "أين يمكنك الحصول على المساعدة", "هذه الورقة لك. أنت من يقرر التحدث مع أحد أم لا، وأنت من يقرر ما الذي سيقال.",
        ("كيف تتحدث معنا", "يمكنك الاتصال بنا أو الكتابة إلينا أو زيارتنا في الوقت المناسب لك.",
         "نتكلم عدة لغات ونجد لك مترجمًا إذا أردت ذلك.", "لا حاجة إلى ذكر اسمك لكي تطرح سؤالًا.",
         "يمكنك إحضار صديق أو صديقة إلى المحادثة."),
        ("عند الطبيب", "يستطيع الطبيب أو الممرضة فحصك وإعطاءك الدواء.",
         "يمكن فحصك للكشف عن الأمراض المعدية ومعرفة النتيجة في المكان نفسه.", "اسأل عن ثمن الفحص قبل أن يبدأ.",
         "أحضر معك أوراق العلاج السابق إذا كانت لديك."),
        ("عندما تعمل", "احتفظ بقسائم الراتب والرسائل والصور من مكان العمل في مكان آمن.",
         "اكتب كل يوم متى تبدأ العمل ومتى تعود إلى البيت.", "جواز سفرك ملكك ولا يحتاج أحد غيرك إلى الاحتفاظ به.",
         "يستطيع المستشار قراءة عقد العمل معك."),
        ("إذا أردت العودة إلى بلدك", "يستطيع أحد العاملين أن يشرح لك كيف يجري الاستعداد للسفر.",
         "خذ وقتك واطرح كل الأسئلة التي تخطر ببالك.", "احفظ هذه الورقة في مكان لا يجده أحد سواك."),
    ),
    "zh-Hans": _page(
        "你可以在这里得到帮助", "这张纸是给你的。要不要跟别人谈，谈些什么，都由你自己决定。",
        ("怎样跟我们谈", "你可以打电话、发短信，或者在方便的时候到我们这里来。",
         "我们会说好几种语言，如果你愿意，我们也可以找翻译。", "你只想问一个问题的时候，不需要说出自己的名字。",
         "你可以带一位朋友一起来谈话。"),
        ("看医生", "医生或者护士可以给你做检查，也可以给你药。",
         "你可以检查有没有传染病，并且当场知道结果。", "开始检查以前，先问清楚要花多少钱。",
         "如果有以前看病的材料，请带过来。"),
        ("工作的时候", "把工资单、短信和工作地点的照片放在安全的地方。",
         "每天记下你几点开始工作，几点回家。", "护照是你自己的，别人不需要替你保管。",
         "顾问可以跟你一起看工作合同。"),
        ("如果你想回家", "工作人员可以告诉你怎样准备回家的路程。",
         "慢慢考虑，把想知道的问题都问清楚。", "把这张纸放在只有你自己能找到的地方。"),
    ),
})  # fmt: skip
