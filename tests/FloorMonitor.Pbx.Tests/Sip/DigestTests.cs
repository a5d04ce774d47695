using System.Collections.Immutable;
using System.Text;
using FloorMonitor.Pbx.Sip.Digest;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Proving who we are: the arithmetic by the RFCs' own examples, and when it is of use to try again.</summary>
public sealed class DigestTests
{
    private const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private const string Opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_examples_of_rfc_7616_come_out_right(string algorithm, string response)
    {
        var challenge = new DigestChallenge("http-auth@example.org", Nonce, algorithm, Opaque, "auth, auth-int", false);
        var answer = DigestAnswer.Compose(challenge, "Mufasa", "Circle of Life", "GET", "/dir/index.html", [], 1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        Assert.Contains($"response=\"{response}\"", answer, StringComparison.Ordinal);
        Assert.Contains("qop=auth, nc=00000001,", answer, StringComparison.Ordinal);
        Assert.Contains($"opaque=\"{Opaque}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_form_without_qop_comes_out_right()
    {
        // RFC 2617's arithmetic: MD5(HA1:nonce:HA2), computed by hand for these values.
        var answer = DigestAnswer.Compose(new("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", null, null, null, false), "Mufasa", "Circle Of Life", "GET", "/dir/index.html", [], 1, "0a4f113b");
        Assert.Contains("response=\"670fd8c2df070c60b045671b8b24ff02\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("qop", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("cnonce", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Auth_int_covers_the_body_and_is_used_only_where_nothing_else_is_offered()
    {
        var only = new DigestChallenge("r", "n", "SHA-256", null, "auth-int", false);
        var one = DigestAnswer.Compose(only, "u", "s", "MESSAGE", "sip:a@b", "one"u8, 1, "c");
        Assert.Contains("qop=auth-int", one, StringComparison.Ordinal);
        Assert.NotEqual(one, DigestAnswer.Compose(only, "u", "s", "MESSAGE", "sip:a@b", "two"u8, 1, "c"));
        Assert.Contains("qop=auth,", DigestAnswer.Compose(only with { Qop = "auth-int,auth" }, "u", "s", "MESSAGE", "sip:a@b", "one"u8, 1, "c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_key_depends_on_both_numbers()
    {
        var session = new DigestChallenge("r", "n", "MD5-sess", null, "auth", false);
        Assert.NotEqual(Response(session, "c1"), Response(session, "c2"));
        Assert.NotEqual(Response(session, "c1"), Response(session with { Algorithm = "MD5" }, "c1"));

        static string Response(DigestChallenge challenge, string cnonce) =>
            SipText.Parameter(DigestAnswer.Compose(challenge, "u", "s", "REGISTER", "sip:b", [], 1, cnonce).Replace(", ", ";", StringComparison.Ordinal), "response")!;
    }

    [Fact]
    public void Commas_in_a_quoted_realm_belong_to_it()
    {
        var challenge = Assert.Single(DigestChallenge.Parse("Digest realm=\"Floor, 2nd; \\\"East\\\" = ours\", nonce=\"a,b\", algorithm=MD5, qop=\"auth,auth-int\", stale=TRUE"));
        Assert.Equal(("Floor, 2nd; \"East\" = ours", "a,b", "auth,auth-int", true), (challenge.Realm, challenge.Nonce, challenge.Qop, challenge.Stale));
    }

    [Fact]
    public void Several_challenges_on_one_line_are_told_apart()
    {
        var found = DigestChallenge.Parse("Basic realm=\"x\", Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256, Digest realm=\"b\", nonce=\"2\"");
        Assert.Equal([("a", "1", "SHA-256"), ("b", "2", null)], found.Select(one => (one.Realm, one.Nonce, one.Algorithm)));
    }

    [Theory]
    [InlineData("Digest")]
    [InlineData("Digest realm=\"a\"")]
    [InlineData("Digest nonce=\"a\"")]
    [InlineData("Digest realm=\"a\u0001\", nonce=\"n\"")]
    [InlineData(",,,,")]
    [InlineData("")]
    public void What_is_no_challenge_gives_none(string line) => Assert.Empty(DigestChallenge.Parse(line));

    [Fact]
    public void Of_challenges_for_one_realm_the_first_that_can_be_answered_counts_with_its_own_nonce()
    {
        var client = new DigestClient("u", "s");
        Assert.True(client.Learn(Challenge(401, "Digest realm=\"r\", nonce=\"n0\", algorithm=SHA-512-256", "Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"", "Digest realm=\"r\", nonce=\"n2\", algorithm=MD5, qop=\"auth\""), []));
        var authorization = Assert.Single(Authorize(client), field => field.Name == "Authorization").Value;
        Assert.Contains("nonce=\"n1\"", authorization, StringComparison.Ordinal);
        Assert.Contains("algorithm=SHA-256", authorization, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_realm_is_answered_and_a_proxy_in_a_field_of_its_own()
    {
        var client = new DigestClient("u", "s");
        Assert.True(client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"1\"", "Digest realm=\"b\", nonce=\"2\""), []));
        Assert.True(client.Learn(Challenge(407, "Digest realm=\"edge\", nonce=\"3\""), []));
        Assert.Equal(["Authorization", "Authorization", "Proxy-Authorization"], Authorize(client).Select(field => field.Name).Order());
    }

    [Fact]
    public void A_nonce_is_used_again_with_a_count_that_grows()
    {
        var client = new DigestClient("u", "s");
        client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"1\", qop=\"auth\""), []);
        Assert.Contains("nc=00000001", Authorize(client)[0].Value, StringComparison.Ordinal);
        Assert.Contains("nc=00000002", Authorize(client)[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_was_refused_is_not_tried_again_and_a_stale_nonce_is()
    {
        var client = new DigestClient("u", "s");
        Assert.True(client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"1\""), []));
        Assert.False(client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"2\""), ["1"]));
        Assert.True(client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"3\", stale=true"), ["1"]));
    }

    [Fact]
    public void The_next_nonce_that_a_success_names_is_used()
    {
        var client = new DigestClient("u", "s");
        client.Learn(Challenge(401, "Digest realm=\"a\", nonce=\"1\", qop=\"auth\""), []);
        client.LearnNext(ScriptedLayer.Parse(Head("200 OK", "Authentication-Info: qop=auth, nextnonce=\"n,2\", rspauth=\"0\"")));
        Assert.Contains("nonce=\"n,2\"", Authorize(client)[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_proved_once_it_is_asked_to_be_and_the_next_ones_at_once()
    {
        await using var test = new AgentUnderTest();
        var first = await test.Layer.NextAsync();
        Assert.Null(first.Find("Authorization"));
        first.Answer("401 Unauthorized\nWWW-Authenticate: Digest realm=\"pbx, test\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"");
        var proved = await test.Layer.NextAsync();
        Assert.Equal((first["Call-ID"], "2 SUBSCRIBE"), (proved["Call-ID"], proved["CSeq"]));
        Assert.Contains("realm=\"pbx, test\", nonce=\"n1\", uri=\"sip:201@pbx.test\"", proved["Authorization"], StringComparison.Ordinal);
        proved.Answer("200 OK\nExpires: 300");
        var delivery = test.Agent.SendMessageAsync("202", "x", null, TestContext.Current.CancellationToken);
        var message = await test.Layer.NextAsync();
        Assert.Contains("nc=00000002", message["Authorization"], StringComparison.Ordinal);
        message.Answer("200 OK");
        await delivery;
    }

    [Fact]
    public async Task A_pbx_that_challenges_without_end_is_answered_four_times_and_no_more()
    {
        await using var test = new AgentUnderTest();
        var delivery = test.Agent.SendMessageAsync("202", "x", null, TestContext.Current.CancellationToken);
        for (var round = 1; round <= 5; round++)
        {
            ScriptedLayer.Asked asked;
            do asked = await test.Layer.NextAsync();
            while (asked.Request.Method != "MESSAGE");
            asked.Answer($"407 Proxy Authentication Required\nProxy-Authenticate: Digest realm=\"a\", nonce=\"n{round}\", stale=true");
            if (round == 4) break;
        }

        Assert.Equal("407 Proxy Authentication Required", (await delivery).Answer);
    }

    [Fact]
    public async Task A_wrong_secret_is_sent_once()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("401 Unauthorized\nWWW-Authenticate: Digest realm=\"a\", nonce=\"n1\"");
        (await test.Layer.NextAsync()).Answer("401 Unauthorized\nWWW-Authenticate: Digest realm=\"a\", nonce=\"n2\"");
        Assert.Equal("401 Unauthorized", (await test.StandsAsync(FloorMonitor.Pbx.Sip.SipWatchStanding.Refused)).State.Reason);
    }

    private static ImmutableArray<SipField> Authorize(DigestClient client) => client.Authorize(new SipRequest("REGISTER", "sip:pbx.test", [])).Request.Fields;

    private static SipMessage Challenge(int status, params string[] challenges) =>
        ScriptedLayer.Parse(Head($"{status} Prove", string.Join('\n', challenges.Select(one => $"{(status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate")}: {one}"))));

    private static string Head(string line, string fields) => new StringBuilder($"SIP/2.0 {line}\nVia: SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bKx\n")
        .Append("From: <sip:a@b>;tag=1\nTo: <sip:a@b>;tag=2\nCall-ID: c\nCSeq: 1 REGISTER\n").Append(fields).Append("\nContent-Length: 0\n\n").ToString();
}
