using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Packages;
using FloorMonitor.Pbx.Sip.Watch;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>XML as an enemy writes it, and as other makers do.</summary>
public sealed class PackageDocumentTests
{
    private const string Head = """<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="full" entity="sip:201@x">""";

    [Theory]
    [InlineData("""<!DOCTYPE dialog-info [<!ENTITY a "aaaaaaaaaa">]>""" + Head + "</dialog-info>")]
    [InlineData("""<!DOCTYPE dialog-info SYSTEM "file:///etc/passwd">""" + Head + "</dialog-info>")]
    [InlineData(Head)]
    [InlineData(Head + "</dialog-info><more/>")]
    [InlineData(Head + "&undefined;</dialog-info>")]
    [InlineData("<dialog-info version='1' state='full'/>")]
    [InlineData("<presence xmlns='urn:ietf:params:xml:ns:pidf'/>")]
    [InlineData("")]
    [InlineData("no xml at all")]
    public void What_is_no_dialog_document_is_refused_with_a_reason_and_changes_nothing(string xml)
    {
        Assert.Null(DialogInfo.Read(Bytes(xml), out var reason));
        Assert.NotEqual("", reason);
        var picture = new PhonePicture().Hears(PhonePackage.Dialog, Body("notify-dialog-04"));
        if (xml.Length > 0) Assert.False(picture.Take(PhonePackage.Dialog, Bytes(xml), 1).IsSound);
        Assert.Equal(PhoneState.InUse, picture.See().Phone);
    }

    [Fact]
    public void A_document_is_bounded_in_size_in_depth_and_in_elements()
    {
        Assert.Null(DialogInfo.Read(Bytes(Head + new string(' ', PackageDocument.MaxBytes) + "</dialog-info>"), out var size));
        Assert.Contains("bytes", size, StringComparison.Ordinal);
        var deep = string.Concat(Enumerable.Repeat("<a>", 200)) + string.Concat(Enumerable.Repeat("</a>", 200));
        Assert.Null(DialogInfo.Read(Bytes(Head + deep + "</dialog-info>"), out var depth));
        Assert.Contains("deep", depth, StringComparison.Ordinal);
        Assert.Null(DialogInfo.Read(Bytes(Head + string.Concat(Enumerable.Repeat("<a/>", 5000)) + "</dialog-info>"), out var many));
        Assert.Contains("elements", many, StringComparison.Ordinal);
    }

    [Fact]
    public void More_dialogs_than_any_phone_has_are_left_out_and_endless_texts_are_no_names()
    {
        var dialogs = string.Concat(Enumerable.Range(0, 300).Select(i => Dialog($"d{i}", "early")));
        Assert.Equal(DialogInfo.MaxDialogs, DialogInfo.Read(Bytes(Head + dialogs + "</dialog-info>"), out _)!.Dialogs.Count);
        var named = Dialog(new string('x', 5000), "early") + Dialog("b", "early", party: new string('9', 5000));
        var read = Assert.Single(DialogInfo.Read(Bytes(Head + named + "</dialog-info>"), out _)!.Dialogs);
        Assert.Null(read.Party);
    }

    [Fact]
    public void Prefixes_unknown_elements_comments_and_other_namespaces_are_read_past()
    {
        const string xml = """
            <?xml version="1.0"?><!-- other makers -->
            <di:dialog-info xmlns:di="urn:ietf:params:xml:ns:dialog-info" xmlns:sa="urn:ietf:params:xml:ns:sa-dialog-info" version="7" state="full">
              <sa:sa><x><di:dialog id="inside an unknown one"><di:state>confirmed</di:state></di:dialog></x></sa:sa>
              <dialog xmlns="urn:another" id="not of this package"><state>confirmed</state></dialog>
              <di:dialog id="d" direction="recipient">
                <sa:line>1</sa:line><di:duration>12</di:duration>
                <di:state event="cancelled" code="487">early</di:state>
                <di:remote><di:session-description>v=0<deep><er/></deep></di:session-description><di:target uri="sip:%2B49301234567@x;user=phone"/></di:remote>
              </di:dialog>
            </di:dialog-info>
            """;
        var read = Assert.Single(DialogInfo.Read(Bytes(xml), out _)!.Dialogs);
        Assert.Equal(("d", DialogState.Early, "+49301234567"), (read.Id, read.State, read.Party));
    }

    [Theory]
    [InlineData("sip:0301234567@trunk.example", "0301234567")]
    [InlineData("\"Caller & Co\" <sip:201@pbx.test;user=phone>;tag=1", "201")]
    [InlineData("tel:+49301234567;ext=5", "+49301234567")]
    [InlineData("sips:wang:pw@x", "wang")]
    [InlineData("sip:anonymous@anonymous.invalid", null)]
    [InlineData("sip:pbx.test", "pbx.test")]
    [InlineData("0301234567", null)]
    [InlineData("sip:a%0d%0ab@x", null)]
    [InlineData("", null)]
    public void The_number_in_an_address_is_what_people_would_dial(string address, string? party) => Assert.Equal(party, SipParty.Of(address));

    [Fact]
    public void Activities_are_read_wherever_makers_put_them()
    {
        foreach (var person in new[]
        {
            "<dm:person id='p'><rpid:activities><rpid:on-the-phone/></rpid:activities></dm:person>",
            "<tuple id='t'><status><basic>open</basic><rpid:activities><rpid:on-the-phone/></rpid:activities></status></tuple>",
            "<tuple id='t'><status><basic>open</basic></status><rpid:activities><rpid:away/><rpid:on-the-phone/></rpid:activities></tuple>",
        })
            Assert.Equal(PhoneState.InUse, new PhonePicture().Hears(PhonePackage.Presence, Pidf("", person)).See().Phone);
    }
}
