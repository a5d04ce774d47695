using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>What a feed that watches phones makes of them.</summary>
/// <param name="Feed">The feed's name.</param>
/// <param name="Group">
/// The one queue of a floor without queues: the group of all phones that the feed watches. Signed in means: in the group. Null where
/// the feed stands beside a switch that has the queues: then it tells of phones and of nothing else.
/// </param>
/// <param name="SignOutAfter">A phone that is gone for this long has taken its agent along: it counts as a sign-out.</param>
public sealed record PhoneRole(string Feed, string? Group, TimeSpan SignOutAfter)
{
    /// <summary>Whether it stands beside a switch that has the queues.</summary>
    public bool IsBeside => Group is null;
}

/// <summary>
/// Pictures of phones into the floor's words: the only place that knows both. No clock, no I/O: the same pictures at the same
/// instants give the same events.
/// </summary>
public sealed class PhoneTranslator
{
    private readonly PhoneRole role;
    private readonly SeatBook book;
    private readonly Dictionary<string, Told> told = new(StringComparer.Ordinal);
    private readonly HashSet<string> seats = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> gone = new(StringComparer.Ordinal);

    /// <summary>A translator that has told nothing yet.</summary>
    public PhoneTranslator(PhoneRole role, IEnumerable<PhoneAddress> phones, SeatBook book)
    {
        this.role = role;
        this.book = book;
        foreach (var phone in phones)
        {
            told[phone.Agent] = new(phone);
            seats.Add(phone.Seat);
        }
    }

    /// <summary>Whether a number is a seat of this floor.</summary>
    public bool IsInside(string number) => seats.Contains(number);

    /// <summary>What a picture means for the floor, in the order in which it is to be told; empty where it is no news.</summary>
    public List<FloorEvent> Translate(string agent, PhonePicture picture, DateTimeOffset at)
    {
        var events = new List<FloorEvent>();
        if (!told.TryGetValue(agent, out var known)) return events;
        var seen = picture.See(agent, IsInside);
        if (seen != known.Seen)
        {
            known.Seen = seen;
            events.Add(new PhoneSeen(at, role.Feed, seen));
        }

        if (role.IsBeside) return events;
        Attend(known.Phone, picture.CanBeReached, at, events);
        PhoneCalls.Follow(role.Feed, known, picture.Call, at, events);
        return events;
    }

    /// <summary>What time alone means: whose phone has been gone for too long has left.</summary>
    public List<FloorEvent> Pass(DateTimeOffset now)
    {
        var events = new List<FloorEvent>();
        if (role.IsBeside) return events;
        foreach (var (agent, since) in gone)
        {
            if (now - since < role.SignOutAfter) continue;
            gone.Remove(agent);
            if (!book.IsIn(agent)) continue;
            book.Leave(agent, withPhone: true);
            events.Add(new MemberLeft(since + role.SignOutAfter, role.Feed, agent, role.Group!));
        }

        return events;
    }

    /// <summary>Everything that is known of the phones now, and what of it a snapshot cannot say (calls that ring, or are dialled).</summary>
    public (FeedSnapshot Snapshot, List<FloorEvent> After) Snapshot(Func<string, PhonePicture> pictureOf, DateTimeOffset at)
    {
        var phones = new List<SeenPhone>();
        var members = new List<SeenMember>();
        var calls = new List<SeenCall>();
        var after = new List<FloorEvent>();
        gone.Clear();
        foreach (var (agent, known) in told)
        {
            var picture = pictureOf(agent);
            known.Seen = picture.See(agent, IsInside);
            phones.Add(known.Seen);
            if (role.IsBeside) continue;
            Attend(known.Phone, picture.CanBeReached, at, []);
            if (book.IsIn(agent)) members.Add(Member(known.Phone));
            known.Call = null;
            if (PhoneCalls.Begun(role.Feed, known, picture.Call, at) is { } call) calls.Add(call);
            PhoneCalls.Follow(role.Feed, known, picture.Call, at, after);
        }

        ValueArray<SeenQueue> queues = role.IsBeside ? [] : [new(role.Group!, null, null, null)];
        var snapshot = new FeedSnapshot(null, queues, ValueArray.From(members), [], ValueArray.From(calls)) { Phones = ValueArray.From(phones) };
        return (snapshot, after);
    }

    /// <summary>Carries out what the gate granted: there is no switch to tell, so the book is changed and its events are told.</summary>
    /// <returns>The events, or why it cannot be done.</returns>
    public (List<FloorEvent> Events, Text? Objection) Do(Core.Gate.PbxAction action, DateTimeOffset at)
    {
        if (role.IsBeside) return ([], new($"{role.Feed} 只监看话机;队列和示忙由其旁的交换机负责", $"{role.Feed} watches phones; queues and pauses are the business of the PBX that it stands beside."));
        if (PhoneAt(action.Address) is not { } phone) return ([], new($"{action.Address} 不在 {role.Feed} 监看的话机之列", $"{action.Address} is none of the phones that {role.Feed} watches."));
        var agent = phone.Agent;
        switch (action)
        {
            case Core.Gate.JoinQueue or Core.Gate.LeaveQueue when QueueOf(action) != role.Group:
                return ([], new($"{role.Feed} 只有一个组:{role.Group}", $"{role.Feed} has one group, {role.Group}."));
            case Core.Gate.JoinQueue when book.IsIn(agent):
            case Core.Gate.LeaveQueue when !book.IsIn(agent):
                return ([], null);
            case Core.Gate.JoinQueue:
                if (told[agent].Seen is not { Lost: null, Phone: not (PhoneState.Unreachable or PhoneState.Unknown) })
                    return ([], new($"话机 {phone.Seat} 未注册", $"The phone {phone.Seat} is not registered."));
                book.Enter(agent);
                return ([new MemberJoined(at, role.Feed, Member(phone))], null);
            case Core.Gate.LeaveQueue:
                book.Leave(agent, withPhone: false);
                gone.Remove(agent);
                return ([new MemberLeft(at, role.Feed, agent, role.Group!)], null);
            case Core.Gate.SetPause pause when !book.IsIn(agent) || (pause.Queue is { } queue && queue != role.Group):
                return ([], new($"{phone.Name} 未签入", $"{phone.Name} is not signed in."));
            case Core.Gate.SetPause { Paused: true } pause:
                book.Pause(agent, pause.Reason);
                return ([new MemberPaused(at, role.Feed, agent, role.Group!, pause.Reason, null)], null);
            case Core.Gate.SetPause:
                book.Pause(agent, null);
                return ([new MemberResumed(at, role.Feed, agent, role.Group!)], null);
            default:
                return ([], new($"{role.Feed} 不支持 {action.GetType().Name}", $"{role.Feed} cannot do {action.GetType().Name}."));
        }
    }

    private void Attend(PhoneAddress phone, bool? reached, DateTimeOffset at, List<FloorEvent> events)
    {
        var agent = phone.Agent;
        switch (reached)
        {
            case true:
                gone.Remove(agent);
                if (!book.SignsIn(agent)) return;
                book.Enter(agent);
                events.Add(new MemberJoined(at, role.Feed, Member(phone)));
                break;
            case false:
                book.Gone(agent);
                if (book.IsIn(agent)) gone.TryAdd(agent, at);
                break;
            case null:
                // Nobody says whether it is there: that counts for nothing, and no time runs against anybody (RULEBOOK principle 1).
                gone.Remove(agent);
                break;
        }
    }

    // No instants of the switch's own: it keeps neither sign-ins nor pauses, so it vouches for none (RULEBOOK example 5).
    private SeenMember Member(PhoneAddress phone)
    {
        var pause = book.PauseOf(phone.Agent);
        return new(phone.Agent, phone.Name, phone.Address, phone.Seat, role.Group!, 0, false, null, pause is not null, pause ?? "", null,
            PhoneState.Unknown, false, TimeSpan.Zero, null);
    }

    private PhoneAddress? PhoneAt(string address)
    {
        foreach (var (_, known) in told)
            if (known.Phone.Address == address || AgentDirectory.SeatOf(address) == known.Phone.Seat) return known.Phone;
        return null;
    }

    private static string QueueOf(Core.Gate.PbxAction action) => action switch
    {
        Core.Gate.JoinQueue join => join.Queue,
        Core.Gate.LeaveQueue leave => leave.Queue,
        _ => "",
    };

    /// <summary>What the floor was told of a phone.</summary>
    internal sealed class Told(PhoneAddress phone)
    {
        public PhoneAddress Phone { get; } = phone;

        public SeenPhone? Seen { get; set; }

        public ToldCall? Call { get; set; }
    }

    /// <summary>The call that the floor was told of.</summary>
    internal sealed record ToldCall(string Id, bool Answered, bool Held);
}
