using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>
/// The phone's door at a real Asterisk: SIP phones dial feature codes, the dialplan asks the gate by FastAGI, and the switch itself tells
/// what it was answered (every variable that is set) and what it said to the phone (it tells of every AGI order that it carried out). The dialplan is the one of config/examples/asterisk, word for word.
/// </summary>
public sealed class PhoneTests
{
    private const string Li = "PJSIP/1001";
    private const string SettleIn = "settle-in: {lock: 10m}\n";

    [Fact]
    public async Task A_code_dialled_within_the_lock_is_refused_in_speech_and_a_personal_need_is_granted()
    {
        await using var floor = await OpenAsync(SettleIn, "zh");
        await floor.Phones.AnswerAsync("1001");
        Assert.Equal("granted", (await DialledAsync(floor, "*81"))["FLOOR_VERDICT"]);
        var signedIn = (await floor.Service.UntilAgentAsync("li", "available")).SignedInAt!.Value;

        var mark = floor.Pbx.Driver.Heard.Count;
        var refused = await DialledAsync(floor, "*83");
        Assert.Equal(("refused", "settle-in", "li"), (refused["FLOOR_VERDICT"], refused["FLOOR_RULE"], refused["FLOOR_AGENT"]));
        Assert.Equal(signedIn.AddMinutes(10).ToUnixTimeSeconds(), long.Parse(refused["FLOOR_ALLOWED_AT"], CultureInfo.InvariantCulture));
        Assert.Contains("须满 10 分钟", refused["FLOOR_TEXT"], StringComparison.Ordinal);
        Assert.False((await floor.ShownAsync())["support"].Members.Single().Paused);
        var said = Said(floor, mark);
        // The prompts that are there in Chinese, the number of minutes, and nothing of those that are not there (time-left, seconds).
        Assert.Equal(["STREAM FILE \"floor/zh/refused\" \"\"", "STREAM FILE \"floor/zh/settle-in\" \"\""], said[..2]);
        Assert.Matches("^SAY NUMBER (9|10) \"\"$", said[2]);
        Assert.Equal("STREAM FILE \"floor/zh/minutes\" \"\"", said[3]);
        Assert.DoesNotContain(said, order => order.Contains("time-left", StringComparison.Ordinal) || order.Contains("seconds\"", StringComparison.Ordinal));

        Assert.Equal("granted", (await DialledAsync(floor, "*85"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "onBreak");
        Assert.True((await floor.ShownAsync())["support"].Members.Single().Paused);

        Assert.Equal("granted", (await DialledAsync(floor, "*86"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "available");
        Assert.Empty((await floor.Service.FloorAsync(TestContext.Current.CancellationToken)).Verdicts);
        var (status, trail) = await floor.Service.GetAsync("/api/agents/li/audit");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"door\":\"phone\"", trail, StringComparison.Ordinal);
        Assert.Contains("\"answer\":\"refused\",\"rule\":\"settle-in\"", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_lead_granted_beforehand_is_granted_once_and_not_put_back()
    {
        await using var floor = await OpenAsync(SettleIn);
        await floor.Phones.AnswerAsync("1001");
        Assert.Equal("granted", (await DialledAsync(floor, "*81"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "available");
        using (var given = await floor.Service.Http.PostAsJsonAsync("/api/agents/li/grant", new { allow = "break", reason = "不舒服", minutes = 10, by = "chen" }, TestContext.Current.CancellationToken))
            Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("granted", (await DialledAsync(floor, "*83"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "onBreak");
        await Eventually.StaysAsync(
            _ => floor.Service.FloorAsync(TestContext.Current.CancellationToken), seen => seen.Agent("li").State == "onBreak" && seen.Verdicts.Count == 0, "a granted break is neither judged nor ended", TimeSpan.FromSeconds(2));
        Assert.Equal("granted", (await DialledAsync(floor, "*86"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "available");

        Assert.Equal("refused", (await DialledAsync(floor, "*83"))["FLOOR_VERDICT"]);
        // Not one prompt is there in English: the refusal holds all the same, though the switch calls such a call a failure.
        Assert.False((await floor.ShownAsync())["support"].Members.Single().Paused);
    }

    [Fact]
    public async Task A_sign_out_by_phone_is_done_though_the_phone_is_in_use_for_it()
    {
        await using var floor = await OpenAsync("settle-in: {enabled: false}\n");
        await floor.Phones.AnswerAsync("1001");
        Assert.Equal("granted", (await DialledAsync(floor, "*81"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "available");
        Assert.Equal("granted", (await DialledAsync(floor, "*82"))["FLOOR_VERDICT"]);
        await floor.Service.UntilAgentAsync("li", "signedOut");
        Assert.Empty((await floor.ShownAsync())["support"].Members);
        Assert.Equal("granted", (await DialledAsync(floor, "*87"))["FLOOR_VERDICT"]);
        await Eventually.SeeAsync(
            async _ => (await floor.Service.GetAsync("/api/floor")).Text, text => text.Contains("\"handRaisedAt\":\"", StringComparison.Ordinal), "the hand that was raised by phone");
    }

    [Fact]
    public async Task With_the_gate_down_the_dialplan_fails_open_and_the_monitor_sees_what_was_done()
    {
        await using var floor = await OpenAsync(SettleIn);
        await floor.Phones.AnswerAsync("1001");
        await floor.AddAsync(Li, "support");
        await floor.Service.UntilAgentAsync("li", "available");
        await SetAsync(floor, "FLOOR_GATE", $"127.0.0.1:{Ports.Next()}");
        var nothing = await DialledAsync(floor, "*83");
        Assert.Equal(("FAILURE", ""), (nothing["AGISTATUS"], nothing["FLOOR_VERDICT"]));
        // The switch paused the member by itself; seen behind the gate's back it is judged, and taken off again.
        var verdicts = await Eventually.SeeAsync(
            async stop => await floor.Service.Http.GetFromJsonAsync<List<VerdictView>>("/api/verdicts?rule=settle-in&subject=li", FloorView.Json, stop) ?? [],
            found => found.Count == 1,
            "the verdict about what went past the gate");
        Assert.Contains(verdicts[0].History, step => step.Step == "resumed");
    }

    [Fact]
    public async Task At_a_hot_desk_id_and_pin_are_typed_and_three_wrong_ones_lock()
    {
        await using var floor = await OpenAsync("settle-in: {enabled: false}\n", "en", "wrongPins: 3", PhoneAgents);
        await floor.AddAsync(Li, "support");
        await floor.Phones.AnswerAsync("1001");
        await floor.Service.UntilAgentAsync("7001", "available");
        var right = await TypeAsync(floor, "ww7001#ww24680#");
        Assert.Equal(("granted", "7001"), (right["FLOOR_VERDICT"], right["FLOOR_AGENT"]));
        await floor.Service.UntilAgentAsync("7001", "onBreak");
        Assert.Equal(("refused", "pin"), Told(await TypeAsync(floor, "ww7002#ww9999#ww7002#ww9998#ww7002#ww9997#")));
        Assert.Equal(("refused", "pin"), Told(await TypeAsync(floor, "ww7002#ww13579#")));
        // Neither the switch's log of variables nor the service's own words hold what was typed.
        Assert.DoesNotContain("9999", floor.Service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("13579", floor.Service.Said, StringComparison.Ordinal);
    }

    private const string PhoneAgents = """
        id,name,team,interface,pin
        7001,李伟,A,PJSIP/1001,24680
        7002,王芳,A,PJSIP/1002,13579
        zhao,赵强,B,Local/2001@agents/n,

        """;

    private static async Task<Floor> OpenAsync(string rules, string language = "en", string more = "", string? agents = null)
    {
        var port = Ports.Next();
        var floor = await Floor.OpenAsync(rules, $"phone: {{listen: \"127.0.0.1:{port}\", language: {language}{(more.Length > 0 ? $", {more}" : "")}}}", agents: agents);
        await SetAsync(floor, "FLOOR_GATE", $"127.0.0.1:{port}");
        return floor;
    }

    private static async Task SetAsync(Floor floor, string variable, string value)
    {
        var answer = await floor.Pbx.Driver.AskAsync("Setvar", ("Variable", variable), ("Value", value));
        Assert.True(answer.Response == "Success", answer.ToString());
    }

    // A code dialled at seat 1001, and what came of it. Each is heard to its end before the next: the switch goes on telling of a call after
    // the phone has hung up, and what was said of one is no answer to another.
    private static async Task<Dictionary<string, string>> DialledAsync(Floor floor, string code)
    {
        var mark = floor.Pbx.Driver.Heard.Count;
        await floor.Phones.DialAsync("1001", code);
        return await ToldAsync(floor, mark);
    }

    // What the dialplan was told by the gate: the variables of the channel, as the switch tells of each.
    private static async Task<Dictionary<string, string>> ToldAsync(Floor floor, int after)
    {
        var last = await floor.Pbx.Driver.EventAsync("VarSet", packet => packet["Variable"] == "AGISTATUS", after);
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var packet in floor.Pbx.Driver.Heard.Where(packet => packet.Event == "VarSet" && packet["Channel"] == last["Channel"]))
            if (packet["Variable"].StartsWith("FLOOR_", StringComparison.Ordinal) || packet["Variable"] == "AGISTATUS") told[packet["Variable"]] = packet["Value"];
        return told;
    }

    private static (string Verdict, string Rule) Told(Dictionary<string, string> told) => (told["FLOOR_VERDICT"], told["FLOOR_RULE"]);

    // A phone that types: one end of a Local channel sends the tones, the other is in the dialplan of the hot desk.
    private static async Task<Dictionary<string, string>> TypeAsync(Floor floor, string digits)
    {
        var mark = floor.Pbx.Driver.Heard.Count;
        var answer = await floor.Pbx.Driver.AskAsync(
            "Originate", ("Channel", "Local/*93@floor-codes/n"), ("Application", "SendDTMF"), ("Data", $"{digits},250,120"), ("Async", "true"));
        Assert.True(answer.Response == "Success", answer.ToString());
        return await ToldAsync(floor, mark);
    }

    // Every file and number that the switch played, in its own words.
    private static List<string> Said(Floor floor, int after) =>
    [
        .. floor.Pbx.Driver.Heard.Skip(after).Where(packet => packet is { Event: "AGIExecEnd" } && packet["Result"] == "Success")
            .Select(packet => packet["Command"]).Where(order => order.StartsWith("STREAM", StringComparison.Ordinal) || order.StartsWith("SAY", StringComparison.Ordinal)),
    ];
}
