using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Agi;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Http;

namespace FloorMonitor.Service.Phone;

/// <summary>
/// The gate's door on the phone. The dialplan asks (<c>agi://host:4573/break?kind=short</c>), the same gate as everywhere answers, the
/// answer is set for the dialplan first (<c>FLOOR_VERDICT</c>, <c>FLOOR_RULE</c>, <c>FLOOR_ALLOWED_AT</c>), then it is said to the agent.
/// </summary>
internal sealed class PhoneDoor(CommandDoor door, FloorBoard board, EngineInbox inbox, PinGuard guard, TimeProvider time)
{
    private const int PinTries = 3;

    /// <summary>What can be asked by phone. Exceptions and moves are a supervisor's, and need a page.</summary>
    private static readonly string[] Spoken =
        [CommandDoor.SignIn, CommandDoor.SignOut, CommandDoor.Break, CommandDoor.Resume, CommandDoor.RaiseHand, CommandDoor.LowerHand, "request-break", "cancel-break", "decline-break", "check-in"];

    /// <summary>Answers one call.</summary>
    public async Task AnswerAsync(AgiSession session, FloorConfig config, AgentDirectory directory, CancellationToken stop)
    {
        var phone = config.Phone ?? throw new InvalidOperationException("There is no phone's door in this configuration.");
        var request = session.Request;
        var language = LanguageOf(request.Parameter("lang") ?? phone.Language ?? request.Language);
        var voice = new PhoneVoice(session, phone.Prompts, language);
        if (!Spoken.Contains(request.Script, StringComparer.Ordinal) || !CommandDoor.Commands.ContainsKey(request.Script))
        {
            // The dialplan asks for what there is not: nobody is refused for that, it goes on as if there were no gate.
            await TellAsync(session, "failed", null, null, new("拨号方案有误", $"The dialplan asks for \"{Shown(request.Script)}\", which is no command"), language);
            return;
        }

        var agent = request.Parameter("identify") == "pin" ? null : PhoneCaller.AgentAt(request, board.State, directory, time.GetUtcNow());
        agent ??= await IdentifyAsync(session, voice, language, phone, config.Pins);
        if (agent is null) return;

        var queues = request.Parameter("queues")?.Split([',', '&', ' '], StringSplitOptions.RemoveEmptyEntries);
        var reply = await door.AskAsync(agent, request.Script, new CommandBody { Kind = request.Parameter("kind"), Queues = queues }, GateDoor.Phone, stop, PhoneCaller.SeatOf(request));
        var verdict = reply.Done ? "granted" : reply.Problem!.Status == 409 ? "refused" : "failed";
        var text = reply.Problem is { } problem ? problem.Text is { } said ? new Text(said.Zh, said.En) : new Text(problem.Detail, problem.Detail) : null;
        await TellAsync(session, verdict, reply.Problem?.Rule, reply.Problem?.AllowedAt, text, language);
        await session.SetVariableAsync("FLOOR_AGENT", agent);
        await SpeakAsync(voice, verdict, request.Script, reply.Problem);
    }

    private async Task SpeakAsync(PhoneVoice voice, string verdict, string command, FloorProblem? problem)
    {
        await voice.SayAsync(verdict);
        if (problem is null) await voice.SayAsync(command);
        else if (problem.Rule is { } rule) await voice.SayAsync(rule);
        if (problem?.AllowedAt is { } allowedAt && allowedAt - time.GetUtcNow() is { Ticks: > 0 } left) await voice.SayLeftAsync(left);
    }

    // The verdict goes first: whatever happens to the call from here on, the dialplan has it.
    private static async Task TellAsync(AgiSession session, string verdict, string? rule, DateTimeOffset? allowedAt, Text? text, string language)
    {
        await session.SetVariableAsync("FLOOR_VERDICT", verdict);
        await session.SetVariableAsync("FLOOR_RULE", rule ?? "");
        await session.SetVariableAsync("FLOOR_ALLOWED_AT", allowedAt is { } at ? at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : "");
        await session.SetVariableAsync("FLOOR_TEXT", Shown(text is null ? "" : language == "zh" ? text.Zh : text.En));
    }

    private async Task<string?> IdentifyAsync(AgiSession session, PhoneVoice voice, string language, PhoneConfig phone, PinBook pins)
    {
        if (!pins.Any)
        {
            await TellAsync(session, "refused", null, null, new("不认识这部话机", "Nobody is known at this phone"), language);
            await voice.SayAsync("unknown-phone");
            return null;
        }

        // Nobody can type into a call that was not taken.
        await session.AnswerAsync();
        for (var tried = 0; tried < PinTries && !session.HasHungUp; tried++)
        {
            var agent = await voice.AskAsync("enter-agent");
            if (agent.Length == 0) break;
            var digits = await voice.AskAsync("enter-pin");
            if (session.HasHungUp) return null;
            var answer = guard.Try(agent, digits, session.Request.Address, pins, phone);
            if (answer == PinAnswer.Right && board.State.Agents.ContainsKey(agent)) return agent;
            Note(agent, session.Request.Address, answer);
            if (answer == PinAnswer.Locked)
            {
                await TellAsync(session, "refused", "pin", null, new("密码输入错误次数过多,请稍后再试", "Too many wrong PINs: try again later"), language);
                await voice.SayAsync("locked");
                return null;
            }

            await voice.SayAsync("wrong-pin");
        }

        await TellAsync(session, "refused", "pin", null, new("身份未确认", "Who is calling was not confirmed"), language);
        await voice.SayAsync("not-identified");
        return null;
    }

    // That somebody tried stands in the agent's trail; what was typed stands nowhere.
    private void Note(string agent, string phone, PinAnswer answer)
    {
        if (!board.State.Agents.ContainsKey(agent)) return;
        var text = answer == PinAnswer.Locked ? new Text("密码已锁定", "The PIN is locked") : new Text("密码错误", "A wrong PIN");
        inbox.TryPut(new Noted(new GateAnswered(time.GetUtcNow(), agent, phone, GateDoor.Phone, "identify", phone, GateVerdict.Refused, null, text, null)));
    }

    private static string LanguageOf(string? told) => told?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true || told is "cn" ? "zh" : "en";

    private static string Shown(string text) =>
        string.Concat((text.Length > 400 ? text[..400] : text).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
