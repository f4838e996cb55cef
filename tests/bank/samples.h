// A whole file of each format, as small as it can be and still say something: a wire of $20,000.00 (twice 10,000 shares), its reversal where the
// format has one, and what checks them.
#pragma once

#include <string>
#include <vector>

namespace rightsdesk::bank {

inline const std::string kNotification = R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
 <BkToCstmrDbtCdtNtfctn>
  <GrpHdr><MsgId>N-1</MsgId><CreDtTm>2002-06-28T15:12:05-04:00</CreDtTm></GrpHdr>
  <Ntfctn>
   <Id>N-1-1</Id>
   <Acct><Id><Othr><Id>4400-1</Id></Othr></Id><Ccy>USD</Ccy><Svcr><FinInstnId><BICFI>HARBUS33</BICFI></FinInstnId></Svcr></Acct>
   <TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>20001.00</Sum></TtlNtries><TtlCdtNtries><NbOfNtries>1</NbOfNtries></TtlCdtNtries></TxsSummry>
   <Ntry>
    <Amt Ccy="USD">20000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><DtTm>2002-06-28T15:12:00-04:00</DtTm></BookgDt><ValDt><Dt>2002-06-28</Dt></ValDt>
    <AcctSvcrRef>HS-77</AcctSvcrRef>
    <Avlbty><Dt><ActlDt>2002-07-01</ActlDt></Dt><Amt Ccy="USD">20000.00</Amt></Avlbty>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>FEDW</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls><TxDtls>
     <Refs><InstrId>I-9</InstrId><EndToEndId>E2E-9</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR><ClrSysRef>20020628B1Q8021C000123</ClrSysRef></Refs>
     <Amt Ccy="USD">20000.00</Amt>
     <RltdPties><Dbtr><Pty><Nm>Harbor Securities</Nm></Pty></Dbtr></RltdPties>
     <RltdAgts><DbtrAgt><FinInstnId><BICFI>CITIUS33</BICFI></FinInstnId></DbtrAgt></RltdAgts>
     <RmtInf><Ustrd>fax-1.5 rights of Rare Medium</Ustrd></RmtInf>
    </TxDtls></NtryDtls>
   </Ntry>
   <Ntry>
    <Amt Ccy="USD">1</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>PDNG</Cd></Sts>
    <NtryDtls><TxDtls><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>
   </Ntry>
  </Ntfctn>
 </BkToCstmrDbtCdtNtfctn>
</Document>
)";

inline const std::string kTransfer = R"(<Envelope><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><BizMsgIdr>20020628B1Q8021C000123</BizMsgIdr></AppHdr>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>F-1</MsgId><CreDtTm>2002-06-28T15:12:00-04:00</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>
<CdtTrfTxInf><PmtId><InstrId>I-9</InstrId><EndToEndId>E2E-9</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR></PmtId>
<IntrBkSttlmAmt Ccy="USD">20000.00</IntrBkSttlmAmt><IntrBkSttlmDt>2002-06-28</IntrBkSttlmDt>
<Dbtr><Nm>Harbor Securities</Nm></Dbtr><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>021000089</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>021000021</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt><CdtrAcct><Id><Othr><Id>4400-1</Id></Othr></Id></CdtrAcct>
<RmtInf><Ustrd>fax-1.5</Ustrd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf></Document></Envelope>
)";

inline const std::string kMt940 =
    "{1:F01HARBUS33AXXX0000000000}{2:O9401200020628CITIUS33AXXX00000000000206281201N}{4:\r\n"
    ":20:ST-1\r\n:25:4400-1\r\n:28C:123/1\r\n:60F:C020627USD100,\r\n"
    ":61:0206280628C20000,NTRFE2E-9//HS-77\r\nHARBOR SECURITIES\r\n"
    ":86:/EREF/E2E-9/NAME/HARBOR SECURITIES/REMI/FAX-1.5 IMAD 20020628B1Q8\r\n021C000123\r\n"
    ":61:0206280628RC50,25NRTINONREF//HS-78\r\n:86:/RTRN/AC04/\r\n"
    ":62F:C020628USD20049,75\r\n-}\r\n";

inline const std::string kMt942 =
    ":20:IR-1\n:25:4400-1\n:28C:7/1\n:34F:USD0,\n:13D:0206281512-0400\n"
    ":61:0206280628C20000,NTRFE2E-9//HS-77\n:86:FAX-1.5\n:90D:0USD0,\n:90C:1USD20000,\n-\n";

inline const std::string kMt910 =
    "{1:F01HARBUS33AXXX0000000000}{2:O9101512020628CITIUS33AXXX00000000000206281512N}{3:{121:8a562c67-ca16-48ba-b074-65581be6f001}}{4:\n"
    ":20:HS-77\n:21:E2E-9\n:25:4400-1\n:13D:0206281512-0400\n:32A:020628USD20000,\n:50K:/998877\nHARBOR SECURITIES\nNEW YORK\n:52A:CITIUS33\n"
    ":72:/BNF/FAX-1.5 IMAD:20020628B1Q8021C000123\n-}\n";

inline const std::string kMt103 =
    "{1:F21HARBUS33AXXX0000000001}{4:{177:0206281512}{451:0}}{1:F01HARBUS33AXXX0000000001}{2:O1031512020628CITIUS33AXXX00000000000206281512N}{4:\n"
    ":20:C-1\n:23B:CRED\n:32A:020628USD20000,\n:50K:/998877\nHARBOR SECURITIES\n:52A:CITIUS33\n:59:/4400-1\nAGENT\n:70:/RFB/FAX-1.5\n:71A:OUR\n-}$"
    "{1:F01HARBUS33AXXX0000000002}{2:O1031513020628CITIUS33AXXX00000000000206281513N}{4:\n"
    ":20:C-2\n:23B:CRED\n:32A:020628USD1,5\n:50K:/998877\nHARBOR SECURITIES\n:59:/4400-2\nAGENT\n:71A:OUR\n-}\n";

inline const std::string kBai2 =
    "01,HARBOR,AGENT,020628,1700,7,80,1,2/\n"
    "02,AGENT,021000021,1,020628,1700,USD,2/\n"
    "03,4400-1,,010,10000,,,015,2019975,,/\n"
    "88,100,2010000,2,,400,25,1,/\n"
    "16,195,2000000,0,HS-77,E2E-9,ORG:=HARBOR SECURITIES/NEW YORK\n"
    "88,IMAD: 20020628B1Q8021C000123\n"
    "16,175,10000,S,1000,2000,7000,D-1,,DEPOSIT OF 3 CHECKS/\n"
    "16,555,25,V,020628,,R-1,1007,CHECK RETURNED, Reason: \"NSF\"/\n"
    "49,6050025,7/\n"
    "03,4400-2,EUR,015,0,,/\n"
    "49,0,2/\n"
    "98,6050025,2,11/\n"
    "99,6050025,1,13/\n";

inline const std::vector<std::string>& every_sample() {
    static const std::vector<std::string> kAll{kNotification, kTransfer, kMt940, kMt942, kMt910, kMt103, kBai2};
    return kAll;
}

}  // namespace rightsdesk::bank
