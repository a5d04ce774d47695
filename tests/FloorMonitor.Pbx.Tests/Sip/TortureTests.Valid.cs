using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>RFC 4475 section 3.1.1: messages that are strange and right.</summary>
public sealed partial class TortureTests
{
    [Fact]
    public void Wsinv_a_short_tortuous_request_is_taken()
    {
        var message = Taken("""
            INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
            TO :
             sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
            from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
              ;
              tag = 98asjd8
            MaX-fOrWaRdS: 0068
            Call-ID: wsinv.ndaksdj@192.0.2.1
            Content-Length   : {length}
            cseq: 0009
              INVITE
            Via  : SIP  /   2.0
             /UDP
                192.0.2.2;branch=390skdjuw
            s :
            NewFangledHeader:   newfangled value
             continued newfangled value
            UnknownHeaderWithUnusualValue: ;;,,;;,;
            Content-Type: application/sdp
            Route:
             <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
            v:  SIP  / 2.0  / TCP     spindle.example.com   ;
              branch  =   z9hG4bK9ikj8  ,
             SIP  /    2.0   / UDP  192.168.255.111   ; branch=
             z9hG4bK30239
            m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
                  newvalue ;
              secondparam ; q = 0.33

            {sdp}
            """);
        Assert.Equal("1918181833n", message.To.Tag);
        Assert.Equal("98asjd8", message.From.Tag);
        Assert.Equal("J Rosenberg \\\"", message.From.DisplayName);
        Assert.Equal(9u, message.SequenceNumber);
        Assert.Equal(("UDP", "192.0.2.2", "390skdjuw"), (message.Via!.Transport, message.Via.Host, message.Via.Branch));
        Assert.False(message.Via.HasTransaction);
        var vias = message.Values(SipHeader.Via).Select(via => SipVia.Parse(via)!).ToList();
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], vias.Select(via => via.Branch));
        var contact = SipAddress.Parse(Assert.Single(message.Values(SipHeader.Contact)))!;
        Assert.Equal(("Quoted string \"\"", "newvalue", "0.33"), (contact.DisplayName, contact.Parameter("newparam"), contact.Parameter("q")));
        Assert.Equal("<sip:services.example.com;lr;unknownwith=value;unknown-no-value>", message.Find(SipHeader.Route));
    }

    [Fact]
    public void Intmeth_every_character_that_is_allowed_is_taken()
    {
        var message = Taken(
            "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n"
            + "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~\n"
            + "To: \"BEL:\\\u0007 NUL:\\\0 DEL:\\\u007f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>\n"
            + "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"работающий\";tag=_token~1'+`*%!-.\n"
            + "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{\n"
            + "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\n"
            + "Max-Forwards: 255\n"
            + "extensionHeader-!.%*+_`'~:\uFEFF大停電\n"
            + "Content-Length: 0\n\n");
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", message.Method);
        Assert.Equal("_token~1'+`*%!-.", message.From.Tag);
        Assert.Equal("token1~` token2'+_ token3*%!.-", message.From.DisplayName);
        Assert.Equal("BEL:\u0007 NUL:\0 DEL:\u007f", message.To.DisplayName);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", SipUri.Parse(message.RequestUri)!.User);
        Assert.Equal("z9hG4bK-.!%66*_+`'~", message.Via!.Branch);
    }

    [Fact]
    public void Esc01_escapes_in_addresses_stay_as_they_are()
    {
        var message = Taken("""
            INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
            To: sip:%75se%72@example.com
            From: <sip:I%20have%20spaces@example.net>;tag=938
            Max-Forwards: 87
            i: esc01.239409asdfakjkn23onasd0-3234
            CSeq: 234234 INVITE
            Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
            C: application/sdp
            Contact:
              <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
            Content-Length: {length}

            {sdp}
            """);
        Assert.Equal(("sips%3Auser%40example.com", "example.net"), (SipUri.Parse(message.RequestUri)!.User, SipUri.Parse(message.RequestUri)!.Host));
        Assert.Equal("sip:%75se%72@example.com", message.To.Uri);
        Assert.Equal("esc01.239409asdfakjkn23onasd0-3234", message.CallId);
    }

    [Fact]
    public void Escnull_an_escaped_null_ends_no_address()
    {
        var message = Taken("""
            REGISTER sip:example.com SIP/2.0
            To: sip:null-%00-null@example.com
            From: sip:null-%00-null@example.com;tag=839923423
            Max-Forwards: 70
            Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
            CSeq: 14398234 REGISTER
            Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
            Contact: <sip:%00@host5.example.com>
            Contact: <sip:%00%00@host5.example.com>
            L:0


            """);
        Assert.Equal("sip:null-%00-null@example.com", message.To.Uri);
        Assert.Equal(2, message.Values(SipHeader.Contact).Count);
    }

    [Fact]
    public void Esc02_a_percent_in_a_method_is_no_escape()
    {
        var message = Taken("""
            RE%47IST%45R sip:registrar.example.com SIP/2.0
            To: "%Z%45" <sip:resource@example.com>
            From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
            Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
            Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
            CSeq: 29344 RE%47IST%45R
            Max-Forwards: 70
            Contact: <sip:alias1@host1.example.com>
            C%6Fntact: <sip:alias2@host2.example.com>
            Contact: <sip:alias3@host3.example.com>
            l: 0


            """);
        Assert.Equal("RE%47IST%45R", message.Method);
        Assert.Equal("%Z%45", message.To.DisplayName);
        Assert.Equal(2, message.Count(SipHeader.Contact));
    }

    [Fact]
    public void Lwsdisp_no_space_is_needed_between_name_and_bracket()
    {
        var message = Taken(Options("From: caller<sip:caller@example.com>;tag=323"));
        Assert.Equal(("caller", "sip:caller@example.com", "323"), (message.From.DisplayName, message.From.Uri, message.From.Tag));
    }

    [Fact]
    public void Longreq_long_values_and_thirty_four_vias_are_taken()
    {
        var vias = string.Concat(Enumerable.Range(1, 33).Select(hop => $"{(hop % 2 == 0 ? "V :  " : "vIa: ")}SIP/2.0/TCP sip{hop}.example.com\n"));
        var name = new string('n', 300);
        var message = Taken(
            $"INVITE sip:user@example.com SIP/2.0\nTo: \"I have a user name of {name} proportion\"<sip:user@example.com:6000;unknownparam1={name};{name}>\n"
            + $"F: sip:{name}@example.net;tag={name};{name}=value;{name}x\nCall-ID: longreq.{name}\nCSeq: 3882340 INVITE\nUnknown-{name}-Name: unknown-{name}-value; {name} = {name}\n"
            + $"{vias}Via: SIP/2.0/TCP host.example.com;received=192.0.2.5;branch={name}\nMax-Forwards: 70\nContact: <sip:{name}@host5.example.net>\nl: 0\n\n");
        Assert.Equal(name, message.From.Tag);
        Assert.Equal(34, message.Values(SipHeader.Via).Count);
        Assert.Equal("sip1.example.com", message.Via!.Host);
    }

    [Fact]
    public void Dblreq_what_follows_the_body_in_a_datagram_is_no_part_of_it()
    {
        var message = Taken(Options("Content-Length: 0", dropsLength: true) + "INVITE sip:joe@example.com SIP/2.0\nt: sip:joe@example.com\n\n");
        Assert.Equal("OPTIONS", message.Method);
        Assert.Equal(0, message.Body.Length);
    }

    [Fact]
    public void Semiuri_a_user_part_may_hold_semicolons()
    {
        var uri = SipUri.Parse("sip:user;par=u%40example.net@example.com")!;
        Assert.Equal(("user;par=u%40example.net", "example.com", ""), (uri.User, uri.Host, uri.Parameters));
        Assert.Equal("sip:user;par=u%40example.net@example.com", Taken(Options("X: 1", uri: "sip:user;par=u%40example.net@example.com")).RequestUri);
    }

    [Fact]
    public void Transports_that_nobody_knows_may_stand_in_a_via()
    {
        var message = Taken(Options("""
            Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
            Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
            Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
            Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
            """));
        Assert.Equal(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"], message.Values(SipHeader.Via).Select(via => SipVia.Parse(via)!.Transport));
    }

    [Fact]
    public void Mpart01_a_body_of_any_bytes_is_left_alone()
    {
        byte[] body = [.. "--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHi\r\n"u8, 0, 1, 0x30, 0x82, 0xff, 13, 10, 13, 10, 0xfe];
        byte[] bytes = [.. Bytes(Options($"Content-Length: {body.Length}", dropsLength: true)), .. body];
        var message = SipParser.Parse(bytes, SipLimits.Default, out var fault)!;
        Assert.Null(fault);
        Assert.Equal(body, message.Body.ToArray());
    }

    [Fact]
    public void Unreason_a_reason_phrase_may_be_of_any_script()
    {
        var message = Taken(Response("SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое"));
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", message.ReasonPhrase);
    }

    [Fact]
    public void Noreason_a_reason_phrase_may_be_empty()
    {
        var message = Taken(Response("SIP/2.0 100 "));
        Assert.Equal((100, ""), (message.StatusCode, message.ReasonPhrase));
    }

    [Fact]
    public void Novelsc_and_unkscm_a_scheme_that_we_do_not_know_is_answered_416()
    {
        Refused(Options("X: 1", uri: "soap.beep://192.0.2.103:3002"), 416);
        Refused(Options("X: 1", uri: "nobodyKnowsThisScheme:totallyopaquecontent"), 416);
    }

    [Fact]
    public void Unksm2_addresses_of_other_schemes_are_taken_where_they_only_name_somebody()
    {
        var message = Taken("""
            REGISTER sip:example.com SIP/2.0
            To: isbn:2983792873
            From: <http://www.example.com>;tag=3234233
            Call-ID: unksm2.daksdj@hyphenated-host.example.com
            CSeq: 234902 REGISTER
            Max-Forwards: 70
            Via: SIP/2.0/UDP 192.0.2.21:5060;branch=z9hG4bKkdjuw
            Contact: <name:John_Smith>
            l: 0


            """);
        Assert.Equal(("isbn:2983792873", "http://www.example.com"), (message.To.Uri, message.From.Uri));
    }

    [Fact]
    public void Bext01_what_a_request_requires_and_nobody_has_is_answered_420() =>
        Refused(Options("Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis"), 420);

    [Fact]
    public void Zeromf_a_request_at_its_last_hop_is_taken_by_whom_it_is_for() => Taken(Options("Max-Forwards: 0", dropsHops: true));

    [Fact]
    public void Cparam01_and_cparam02_parameters_belong_to_the_field_or_to_the_address()
    {
        var bare = SipAddress.Parse("sip:+19725552222@gw1.example.net;unknownparam")!;
        Assert.Equal(("sip:+19725552222@gw1.example.net", ";unknownparam"), (bare.Uri, bare.Parameters));
        var bracketed = SipAddress.Parse("<sip:+19725552222@gw1.example.net;unknownparam>")!;
        Assert.Equal(("sip:+19725552222@gw1.example.net;unknownparam", ""), (bracketed.Uri, bracketed.Parameters));
    }

    [Fact]
    public void Regescrt_an_address_in_brackets_may_carry_headers() =>
        Assert.Equal("Route=%3Csip:sip.example.com%3E", SipUri.Parse(SipAddress.Parse("<sip:user@example.com?Route=%3Csip:sip.example.com%3E>")!.Uri)!.Headers);

    [Fact]
    public void Inv2543_a_request_of_the_old_kind_is_taken()
    {
        var message = Taken("""
            INVITE sip:UserB@example.com SIP/2.0
            Via: SIP/2.0/UDP iftgw.example.com
            From: <sip:+13035551111@ift.client.example.net;user=phone>
            Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
            To: sip:+16505552222@ss1.example.net;user=phone
            Call-ID: inv2543.1717@ift.client.example.com
            CSeq: 56 INVITE
            Content-Type: application/sdp

            {sdp}
            """);
        Assert.Null(message.From.Tag);
        Assert.Null(message.Via!.Branch);
        Assert.StartsWith("v=0\r\n", System.Text.Encoding.UTF8.GetString(message.Body.Span));
    }
}
