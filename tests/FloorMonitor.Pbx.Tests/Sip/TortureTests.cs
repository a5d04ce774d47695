using System.Text;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>
/// The messages of RFC 4475 that apply to a user agent without calls, each taken or refused. Where the RFC leaves a choice, the test
/// says how we choose. This file: section 3.1.2 and what follows, messages that are wrong.
/// </summary>
public sealed partial class TortureTests
{
    private const string Sdp =
        "v=0\r\no=mhandley 29739 7272939 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49217 RTP/AVP 0 12\r\nm=video 3227 RTP/AVP 31\r\na=rtpmap:31 LPC\r\n";

    [Fact]
    public void Badinv01_separators_with_nothing_between_them_are_refused() =>
        Refused("""
            INVITE sip:user@example.com SIP/2.0
            To: sip:j.user@example.com
            From: sip:caller@example.net;tag=134161461246
            Max-Forwards: 7
            Call-ID: badinv01.0ha0isndaksdjasdf3234nas
            CSeq: 8 INVITE
            Via: SIP/2.0/UDP 192.0.2.15;;,;,,
            Contact: "Joe" <sip:joe@example.org>;;;;
            Content-Length: {length}
            Content-Type: application/sdp

            {sdp}
            """, 400);

    [Fact]
    public void Clerr_a_body_shorter_than_its_length_is_refused() => Refused(Options("Content-Length: 9999", dropsLength: true), 400);

    [Fact]
    public void Ncl_a_negative_length_is_refused() => Refused(Options("Content-Length: -999", dropsLength: true), 400);

    [Fact]
    public void Mcl01_two_lengths_are_refused() => Refused(Options("Content-Length: 13\nContent-Length: 5", dropsLength: true) + "There's no way to know how many octets are supposed to be here.", 400);

    [Fact]
    public void Scalar02_numbers_beyond_their_bounds_in_a_request_are_refused()
    {
        Refused(Options("CSeq: 36893488147419103232 OPTIONS", dropsSequence: true), 400);
        Refused(Options("Max-Forwards: 300", dropsHops: true), 400);
    }

    [Fact]
    public void Scalarlg_a_response_with_numbers_beyond_their_bounds_is_dropped() =>
        Refused("""
            SIP/2.0 503 Service Unavailable
            Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
            To: <sip:user@example.com>
            From: <sip:other@example.net>;tag=2easdjfejw
            CSeq: 9292394834772304023312 OPTIONS
            Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
            Retry-After: 949302838503028349304023988
            Warning: 1812 overture "In Progress"
            Content-Length: 0


            """, 400);

    [Fact]
    public void Quotbal_a_quoted_string_without_end_is_refused() => Refused(Options("To: \"Mr. J. User <sip:j.user@example.com>", dropsTo: true), 400);

    [Fact]
    public void Ltgtruri_a_request_uri_in_brackets_is_refused() => Refused(Options("X: 1", uri: "<sip:user@example.com>"), 400);

    [Fact]
    public void Lwsruri_a_request_uri_with_a_space_is_refused() => Refused(Options("X: 1", uri: "sip:user@example.com; lr"), 400);

    [Fact]
    public void Lwsstart_two_spaces_in_the_request_line_are_refused() => Refused(Options("X: 1", uri: " sip:user@example.com "), 400);

    [Fact]
    public void Trws_spaces_at_the_end_of_the_request_line_are_refused() => Refused(Options("X: 1").Replace("SIP/2.0\nV", "SIP/2.0  \nV", StringComparison.Ordinal), 400);

    [Fact]
    public void Escruri_headers_in_a_request_uri_are_no_fault_of_its_form()
    {
        var message = Taken(Options("X: 1", uri: "sip:user@example.com?Route=%3Csip:example.com%3E"));
        Assert.Equal("Route=%3Csip:example.com%3E", SipUri.Parse(message.RequestUri)!.Headers);
    }

    [Fact]
    public void Baddate_a_date_that_nobody_reads_spoils_nothing() => Taken(Options("Date: Fri, 01 Jan 2010 16:00:00 EST"));

    [Fact]
    public void Regbadct_an_address_with_headers_must_stand_in_brackets() => Refused(Options("Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E"), 400);

    [Fact]
    public void Badaspec_spaces_around_an_address_in_brackets_are_forgiven() =>
        Assert.Equal("sip:t.watson@example.org", Taken(Options("To: \"Watson, Thomas\" < sip:t.watson@example.org >", dropsTo: true)).To.Uri);

    [Fact]
    public void Baddn_a_comma_in_a_bare_name_is_forgiven()
    {
        var message = Taken(Options("From:    Bell, Alexander <sip:a.g.bell@example.com>;tag=43"));
        Assert.Equal(("Bell, Alexander", "43"), (message.From.DisplayName, message.From.Tag));
    }

    [Fact]
    public void Badvers_another_version_is_answered_505() =>
        Refused("""
            OPTIONS sip:t.watson@example.org SIP/7.0
            Via:     SIP/7.0/UDP c.example.com;branch=z9hG4bKkdjuw
            Max-Forwards:     70
            From:    A. Bell <sip:a.g.bell@example.com>;tag=qweoiqpe
            To:      T. Watson <sip:t.watson@example.org>
            Call-ID: badvers.31417@c.example.com
            CSeq:    1 OPTIONS
            l: 0


            """, 505);

    [Fact]
    public void Mismatch01_and_mismatch02_a_cseq_of_another_method_is_refused()
    {
        Refused(Options("CSeq: 8 INVITE", dropsSequence: true), 400);
        Refused(Options("CSeq: 8 INVITE", dropsSequence: true).Replace("OPTIONS ", "NEWMETHOD ", StringComparison.Ordinal), 400);
    }

    [Fact]
    public void Bigcode_a_status_that_is_none_is_dropped()
    {
        Assert.Null(SipParser.Parse(Bytes(Response("SIP/2.0 4294967301 better not break the receiver")), SipLimits.Default, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void Badbranch_a_branch_that_is_only_the_cookie_identifies_nothing()
    {
        var message = Taken(Options("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK", dropsVia: true));
        Assert.False(message.Via!.HasTransaction);
    }

    [Fact]
    public void Insuf_a_request_without_the_fields_of_every_request_is_refused_and_cannot_be_answered()
    {
        var message = SipParser.Parse(Bytes("INVITE sip:user@example.com SIP/2.0\nCSeq: 193942 INVITE\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\nl: 0\n\n"), SipLimits.Default, out var fault);
        Assert.Equal(400, fault!.Status);
        Assert.False(FloorMonitor.Pbx.Sip.Transactions.SipAnswers.CanAnswer(message!));
    }

    [Theory]
    [InlineData("Call-ID: multi01.98asdh@192.0.2.2")]
    [InlineData("CSeq: 59 OPTIONS")]
    [InlineData("From: sip:caller@example.net;tag=2923420123\nFrom: sip:second@example.net;tag=1")]
    [InlineData("To: sip:other@example.net")]
    [InlineData("Max-Forwards: 5")]
    [InlineData("Event: dialog\nEvent: reg")]
    public void Multi01_two_values_where_there_is_one_are_refused(string second) => Refused(Options(second), 400);

    [Fact]
    public void Regaut01_a_scheme_of_credentials_that_nobody_knows_spoils_nothing() => Taken(Options("Authorization: NoOneKnowsThisScheme opaque-data=here"));

    private static SipMessage Taken(string text)
    {
        var message = SipParser.Parse(Bytes(text), SipLimits.Default, out var fault);
        Assert.Null(fault);
        return Assert.IsType<SipMessage>(message);
    }

    private static void Refused(string text, int status)
    {
        _ = SipParser.Parse(Bytes(text), SipLimits.Default, out var fault);
        Assert.Equal(status, fault?.Status);
    }

    private static byte[] Bytes(string text) =>
        Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal)
            .Replace("{sdp}", Sdp, StringComparison.Ordinal).Replace("{length}", Sdp.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>A plain request with one part of it made strange.</summary>
    private static string Options(string strange, string uri = "sip:user@example.com", bool dropsLength = false, bool dropsHops = false, bool dropsSequence = false, bool dropsTo = false, bool dropsVia = false) =>
        $"OPTIONS {uri} SIP/2.0\n{(dropsVia ? "" : "Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw\n")}{strange}\n"
        + (dropsHops ? "" : "Max-Forwards: 70\n") + (dropsTo ? "" : "To: sip:j_user@example.com\n")
        + (strange.Contains("From:", StringComparison.Ordinal) ? "" : "From: sip:caller@example.net;tag=242etr\n")
        + "Call-ID: strange.0ha0isndaksdj\n" + (dropsSequence ? "" : "CSeq: 8 OPTIONS\n") + (dropsLength ? "\n" : "Content-Length: 0\n\n");

    private static string Response(string line) =>
        $"{line}\nVia: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe\nCall-ID: response.asndj203insdf99223ndf\nCSeq: 35 INVITE\n"
        + "From: <sip:user@example.com>;tag=39ansfi3\nTo: <sip:user@example.edu>;tag=902jndnke3\nContent-Length: 0\n\n";
}
