using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Sip.Watch;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>
/// A floor that is seen through phones alone: pictures go through the translator into fold and rules, and what the gate grants goes
/// back to the translator, as the feed does it. Times are of one day in Shanghai.
/// </summary>
internal sealed class PhoneFloor
{
    public const string Feed = "phones";
    public static readonly FloorSetup Setup = FloorSetup.Default with
    {
        TimeZone = "Asia/Shanghai",
        Feeds = [new(Feed, "sip")],
        Agents = [new("wang", "王芳", "A", "1001"), new("li", "李伟", "A", "sip:1002@pbx.test"), new("zhao", "赵磊", "B", "PJSIP/1003")],
    };

    private readonly PhoneRole role;
    private readonly RuleBook rules;
    private Dictionary<string, PhonePicture> pictures = [];
    private PhoneTranslator translator;
    private long entry;

    public PhoneFloor(params IFloorRule[] rules)
        : this(new PhoneRole(Feed, "phones", TimeSpan.FromMinutes(10)), rules)
    {
    }

    public PhoneFloor(PhoneRole role, params IFloorRule[] rules)
    {
        this.role = role;
        this.rules = new([.. rules]);
        At("08:00");
        Tell(new FloorConfigured(Now, Setup));
        translator = Fresh();
    }

    public FloorState State { get; private set; } = FloorState.Empty;

    public DateTimeOffset Now { get; private set; }

    public Dictionary<string, Verdict> Verdicts { get; } = [];

    public List<FloorEvent> Journal { get; } = [];

    public Agent this[string agent] => State.Agents[agent];

    public static DateTimeOffset Time(string time) =>
        new DateTimeOffset(new DateOnly(2026, 11, 23).ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromHours(8)).ToUniversalTime();

    public PhoneFloor At(string time)
    {
        Now = Time(time);
        return this;
    }

    public PhoneFloor Registers(string agent) => Hears(agent, PhonePackage.Reg, Body("notify-reg-02"));

    public PhoneFloor Unregisters(string agent) => Hears(agent, PhonePackage.Reg, Body("notify-reg-03"));

    public PhoneFloor Shows(string agent, params string[] dialogs) => Hears(agent, PhonePackage.Dialog, Dialogs(1, "full", dialogs));

    public PhoneFloor Hears(string agent, PhonePackage package, byte[] body)
    {
        pictures[agent].Hears(package, body);
        return Tell(translator.Translate(agent, pictures[agent], Now));
    }

    /// <summary>What the PBX says while the first round is not in: it is held.</summary>
    public PhoneFloor IsRegistered(params string[] agents)
    {
        foreach (var agent in agents) pictures[agent].Hears(PhonePackage.Reg, Body("notify-reg-02"));
        return this;
    }

    public PhoneFloor Loses(string agent, string reason)
    {
        foreach (var package in Enum.GetValues<PhonePackage>()) pictures[agent].Lose(package, reason);
        return Tell(translator.Translate(agent, pictures[agent], Now));
    }

    /// <summary>The pictures as they are, told as a whole.</summary>
    public PhoneFloor Synced()
    {
        var (snapshot, after) = translator.Snapshot(agent => pictures[agent], Now);
        return Tell([new FeedSynced(Now, Feed, snapshot), .. after]);
    }

    public PhoneFloor Lost() => Tell([new FeedLost(Now, Feed, "cut")]);

    /// <summary>The monitor is started anew: pictures and translator are gone, the floor is what its journal says.</summary>
    public PhoneFloor Restarted()
    {
        if (State.Feeds[Feed].State != FeedState.Lost) Lost();
        translator = Fresh();
        return this;
    }

    public PhoneFloor Ticks()
    {
        Tell(translator.Pass(Now));
        return Tell([new Tick(Now)]);
    }

    /// <summary>Asks the gate and does what it grants; why not, where it refuses or the feed cannot.</summary>
    public string? Asks(FloorCommand command)
    {
        switch (FloorGate.Ask(command, State, rules.Rules, Now))
        {
            case Refused refused: return refused.Text.En;
            case Granted granted:
                foreach (var action in granted.Actions)
                    if (Does(action) is { } objection) return objection;
                return null;
            default: return "no answer";
        }
    }

    public string? Does(PbxAction action) => Objects(action)?.En;

    public string? DoesZh(PbxAction action) => Objects(action)?.Zh;

    private Text? Objects(PbxAction action)
    {
        var (events, objection) = translator.Do(action, Now);
        Tell(events);
        return objection;
    }

    private PhoneTranslator Fresh()
    {
        pictures = Setup.Agents.AsSpan().ToArray().ToDictionary(agent => agent.Id, _ => new PhonePicture());
        return new(role, PhoneAddress.Of(Setup.Agents, "pbx.test", []), SeatBook.From(State, Feed));
    }

    private void Tell(FloorEvent told) => Tell([told]);

    private PhoneFloor Tell(IEnumerable<FloorEvent> events)
    {
        foreach (var told in events)
        {
            var e = told with { Entry = ++entry };
            Journal.Add(e);
            var folded = FloorFold.Apply(State, e);
            Assert.Same(folded, FloorFold.Apply(folded, e));
            var judged = rules.Judge(State, folded, e);
            State = judged.State;
            Assert.Empty(judged.Faults);
            foreach (var verdict in judged.Changed) Verdicts[verdict.Id] = verdict;
        }

        return this;
    }
}
