"""What each element of a PubmedArticle means; every record here is made up."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from leukonlp.records import Abstract, Accession, Link, MeshHeading, Qualifier, Term
from leukonlp.sources.pubmed_article import article, identity

MATHML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def read(
    body: str = "", *, title: str = "<ArticleTitle>A title.</ArticleTitle>", outer: str = "", data: str = "",
    journal: str = "", pmid: str = '<PMID Version="1">11</PMID>', attributes: str = 'Status="MEDLINE"',
) -> Abstract:  # fmt: skip
    """Parse one record, given what differs from the plainest one."""
    xml = (
        f"<PubmedArticle><MedlineCitation {attributes}>{pmid}{outer}"
        f"<Article><Journal>{journal}</Journal>{title}{body}</Article></MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle>"
    )
    return article(etree.fromstring(xml))


def test_the_plainest_record() -> None:
    assert read() == Abstract(pmid="11", title="A title.", status="MEDLINE")


def test_inline_markup_is_kept_as_text() -> None:
    found = read(
        "<Abstract><AbstractText>CO<sub>2</sub> at 10<sup>-3</sup>\n   mol; <i>ARSA</i> <b>and</b> "
        "<u><i>Galc</i></u> stay.</AbstractText></Abstract>",
        title="<ArticleTitle><i>Arsa</i>-null mice &amp; &lt;two&gt; others</ArticleTitle>",
    )
    assert found.title == "Arsa-null mice & <two> others"
    assert found.abstract == "CO2 at 10-3 mol; ARSA and Galc stay."


def test_formulas_lose_the_white_space_between_their_elements() -> None:
    formula = f"""<mml:math {MATHML}>
        <mml:semantics><mml:mrow>
            <mml:msub><mml:mi>V</mml:mi>
                <mml:mn>2</mml:mn></mml:msub>
            <mml:mo>=</mml:mo><mml:mtext> </mml:mtext><mml:mn>5</mml:mn>
        </mml:mrow><mml:annotation encoding="TeX">V_2 = 5</mml:annotation></mml:semantics>
    </mml:math>"""
    words = f"At ({formula}) it<DispFormula>{formula}</DispFormula>held."
    found = read(f"<Abstract><AbstractText>{words}</AbstractText></Abstract>")
    assert found.abstract == "At (V2= 5) it V2= 5 held."


def test_deep_markup_is_no_recursion() -> None:
    found = read(f"<Abstract><AbstractText>{'<i>' * 200}deep{'</i>' * 200}</AbstractText></Abstract>")
    assert found.abstract == "deep"


def test_labelled_sections() -> None:
    found = read("""<Abstract>
        <AbstractText Label="AIMS" NlmCategory="OBJECTIVE">To see
            more.</AbstractText>
        <AbstractText Label="Patients and methods" NlmCategory="UNASSIGNED">Nine children.</AbstractText>
        <AbstractText Label="FUNDING" NlmCategory="UNASSIGNED"/>
        <AbstractText Label="UNLABELLED" NlmCategory="RESULTS">All lived.</AbstractText>
        <AbstractText Label="WIDGETS">None.</AbstractText>
        <CopyrightInformation>Someone's.</CopyrightInformation>
    </Abstract>
    <OtherAbstract Language="fre"><AbstractText>Autre chose.</AbstractText></OtherAbstract>""")
    assert (
        found.abstract
        == "AIMS: To see more.\nPatients and methods: Nine children.\nAll lived.\nWIDGETS: None."
    )
    assert [(s.label, s.category, found.text[s.start : s.end]) for s in found.sections] == [
        ("AIMS", "objective", "To see more."),
        ("Patients and methods", "methods", "Nine children."),
        (None, "results", "All lived."),
        ("WIDGETS", None, "None."),
    ]


def test_other_abstracts_stay_out() -> None:
    found = read(outer="<OtherAbstract><AbstractText>Ein anderer.</AbstractText></OtherAbstract>")
    assert found.abstract == ""
    assert found.text == "A title.\n"


@pytest.mark.parametrize(
    ("title", "vernacular", "found"),
    [
        ("<ArticleTitle>[A translated title].</ArticleTitle>", "Ein Titel.", "[A translated title]."),
        ("<ArticleTitle/>", "Ein  Titel.", "Ein Titel."),
        ("<ArticleTitle> </ArticleTitle>", "Ein Titel.", "Ein Titel."),
        ("", "Ein Titel.", "Ein Titel."),
        ("<ArticleTitle>In two\n      lines</ArticleTitle>", "Ein Titel.", "In two lines"),
    ],
)
def test_title_and_vernacular_title(title: str, vernacular: str, found: str) -> None:
    record = read(f"<VernacularTitle>{vernacular}</VernacularTitle>", title=title)
    assert record.title == found
    assert record.vernacular_title == "Ein Titel."


def test_no_title_at_all() -> None:
    assert read(title="").text == "\n"


@pytest.mark.parametrize(
    ("date", "electronic", "year"),
    [
        ("<Year>2017</Year><Month>Oct</Month>", "2016", 2017),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "2001", 1998),
        ("<MedlineDate>Winter</MedlineDate>", "2001", 2001),
        ("", "2001", 2001),
        ("", "", None),
        ("<Season>Spring</Season><Year>1987</Year>", "", 1987),
    ],
)
def test_year(date: str, electronic: str, year: int | None) -> None:
    body = f"<ArticleDate><Year>{electronic}</Year></ArticleDate>" if electronic else ""
    found = read(body, journal=f"<JournalIssue><Volume>1999</Volume><PubDate>{date}</PubDate></JournalIssue>")
    assert found.year == year


REFERENCES = """<ReferenceList><Reference><Citation>Cited.</Citation><ArticleIdList>
    <ArticleId IdType="doi">10.9999/cited</ArticleId><ArticleId IdType="pmc">PMC999</ArticleId>
    </ArticleIdList></Reference></ReferenceList>"""


@pytest.mark.parametrize(
    ("place", "ids", "doi"),
    [
        ('<ELocationID EIdType="doi" ValidYN="Y">10.1000/here</ELocationID>', "", "10.1000/here"),
        ('<ELocationID EIdType="doi">10.1000/here</ELocationID>', "10.1000/list", "10.1000/here"),
        ('<ELocationID EIdType="doi" ValidYN="N">10.1000/old</ELocationID>', "10.1000/list", "10.1000/list"),
        ('<ELocationID EIdType="pii" ValidYN="Y">S10.1000/x</ELocationID>', "", None),
        ("", "", None),
    ],
)
def test_the_doi_is_the_articles_own(place: str, ids: str, doi: str | None) -> None:
    listed = f'<ArticleIdList><ArticleId IdType="doi">{ids}</ArticleId></ArticleIdList>' if ids else ""
    found = read(place, data=listed + REFERENCES)
    assert found.doi == doi
    assert found.pmcid is None


def test_pmcid() -> None:
    ids = '<ArticleId IdType="pubmed">11</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>'
    assert read(data=f"<ArticleIdList>{ids}</ArticleIdList>{REFERENCES}").pmcid == "PMC77"


def test_version_status_and_indexing() -> None:
    attributes = 'Status="In-Process" IndexingMethod="Automated"'
    found = read(pmid='<PMID Version="3">11</PMID>', attributes=attributes)
    assert (found.version, found.status, found.automated) == (3, "In-Process", True)
    assert read(pmid="<PMID>11</PMID>").version == 1


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("<Year>2020</Year><Month>2</Month><Day>07</Day>", "2020-02-07"),
        ("<Year>2020</Year><Month>Feb</Month><Day>07</Day>", None),
        ("<Year>2020</Year>", None),
    ],
)
def test_revision_date(date: str, iso: str | None) -> None:
    assert read(outer=f"<DateRevised>{date}</DateRevised>").revised == iso


def test_journal() -> None:
    names = "<Title>Journal of Small Things</Title><ISOAbbreviation>J Small</ISOAbbreviation>"
    assert read(journal=names).journal == "Journal of Small Things"
    assert read(journal="<Title/><ISOAbbreviation>J Small</ISOAbbreviation>").journal == "J Small"
    assert read().journal is None


def test_authors_in_printed_order() -> None:
    found = read("""<AuthorList>
        <Author ValidYN="Y"><LastName>van der Berg</LastName><ForeName>Anna B</ForeName>
            <Initials>AB</Initials>
            <AffiliationInfo><Affiliation>Nowhere.</Affiliation></AffiliationInfo></Author>
        <Author ValidYN="N"><LastName>Misspellt</LastName><Initials>M</Initials></Author>
        <Author><LastName>Kim</LastName><Initials>J</Initials><Suffix>2<sup>nd</sup></Suffix></Author>
        <Author><CollectiveName>The Small  Things Group</CollectiveName></Author>
        <Author><LastName>Prince</LastName></Author>
        <Author/>
    </AuthorList>""")
    assert found.authors == ("van der Berg, Anna B", "Kim, J, 2nd", "The Small Things Group", "Prince")


def test_lists_of_terms() -> None:
    found = read(
        """<Language>eng</Language><Language>ger</Language>
        <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
            <PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>""",
        outer="""<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>
            <NameOfSubstance UI="D002553">Cerebroside-Sulfatase</NameOfSubstance></Chemical></ChemicalList>
        <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">white\n  matter</Keyword>
            <Keyword MajorTopicYN="Y"/></KeywordList>
        <KeywordList Owner="NASA"><Keyword><i>ABCD1</i></Keyword></KeywordList>""",
    )
    assert found.languages == ("eng", "ger")
    assert found.publication_types == (
        Term("Journal Article", "D016428"),
        Term("Retracted Publication", "D016441"),
    )
    assert found.retracted
    assert found.chemicals == (Term("Cerebroside-Sulfatase", "D002553"),)
    assert found.keywords == ("white matter", "ABCD1")


def test_mesh_headings_qualifiers_and_supplementary_concepts() -> None:
    found = read(
        outer="""<MeshHeadingList>
        <MeshHeading>
            <DescriptorName UI="D007966" MajorTopicYN="N">Leukodystrophy, Metachromatic</DescriptorName>
            <QualifierName UI="Q000628" MajorTopicYN="Y">therapy</QualifierName>
            <QualifierName UI="Q000235" MajorTopicYN="N">genetics</QualifierName></MeshHeading>
        <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="Y">Humans</DescriptorName></MeshHeading>
        </MeshHeadingList>
        <SupplMeshList><SupplMeshName Type="Disease" UI="C536318">A rare one</SupplMeshName>
        </SupplMeshList>"""
    )
    assert found.mesh == (
        MeshHeading(
            "Leukodystrophy, Metachromatic",
            "D007966",
            False,
            (Qualifier("therapy", "Q000628", True), Qualifier("genetics", "Q000235", False)),
        ),
        MeshHeading("Humans", "D006801", True),
        MeshHeading("A rare one", "C536318"),
    )


def test_accession_numbers() -> None:
    found = read("""<DataBankList>
        <DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
            <AccessionNumber>NCT00000001</AccessionNumber><AccessionNumber>NCT00000002</AccessionNumber>
        </AccessionNumberList></DataBank>
        <DataBank><DataBankName>ISRCTN</DataBankName></DataBank>
        <DataBank><DataBankName>EudraCT</DataBankName><AccessionNumberList>
            <AccessionNumber>2009-000001-11</AccessionNumber></AccessionNumberList></DataBank>
    </DataBankList>""")
    assert found.accessions == (
        Accession("ClinicalTrials.gov", "NCT00000001"),
        Accession("ClinicalTrials.gov", "NCT00000002"),
        Accession("EudraCT", "2009-000001-11"),
    )


def test_links_are_all_but_citations() -> None:
    found = read(
        outer="""<CommentsCorrectionsList>
        <CommentsCorrections RefType="RetractionIn"><RefSource>J Small. 2001;1:2</RefSource>
            <PMID Version="1">12</PMID></CommentsCorrections>
        <CommentsCorrections RefType="Cites"><RefSource>Other</RefSource><PMID>13</PMID></CommentsCorrections>
        <CommentsCorrections RefType="ErratumIn"><RefSource>Next issue</RefSource></CommentsCorrections>
    </CommentsCorrectionsList>"""
    )
    assert found.links == (
        Link("RetractionIn", "12", "J Small. 2001;1:2"),
        Link("ErratumIn", None, "Next issue"),
    )
    assert found.retracted


@pytest.mark.parametrize("pmid", ["", "<PMID/>", "<PMID>12a</PMID>", "<PMID>-4</PMID>", "<PMID>0</PMID>"])
def test_a_pmid_that_is_no_number_is_refused(pmid: str) -> None:
    with pytest.raises(ValueError, match="not a number; fetch the record again"):
        read(pmid=pmid)


def test_a_version_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="version 'two'"):
        identity(etree.fromstring('<PMID Version="two">4</PMID>'))


@pytest.mark.parametrize("xml", ["<PubmedArticle/>", "<PubmedArticle><MedlineCitation/></PubmedArticle>"])
def test_a_record_without_its_core_is_refused(xml: str) -> None:
    with pytest.raises(ValueError, match="without MedlineCitation and Article"):
        article(etree.fromstring(xml))


def test_round_trip() -> None:
    record: Any = read('<Abstract><AbstractText Label="AIM">To see.</AbstractText></Abstract>')
    assert Abstract.from_dict(record.to_dict()) == record
