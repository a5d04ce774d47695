using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Events that no honest switch would say at that moment: repeats of long ago, strangers, absurd values, time set back.</summary>
internal static class HostileEvents
{
    public static FloorEvent Next(Random random, IReadOnlyList<FloorEvent> journal, DateTimeOffset now)
    {
        var old = journal[random.Next(journal.Count)];
        var agent = random.Next(3) == 0 ? "nobody" : $"a{random.Next(1, 7)}";
        var queue = random.Next(4) == 0 ? "no-such-queue" : $"q{random.Next(1, 4)}";
        var call = random.Next(2) == 0 ? "no-such-call" : $"pbx1-{random.Next(1, 60)}";
        var span = random.Next(4) switch { 0 => TimeSpan.MinValue, 1 => TimeSpan.MaxValue, 2 => TimeSpan.Zero, _ => TimeSpan.FromSeconds(30) };
        var at = now + TimeSpan.FromSeconds(random.Next(-4000, 5));
        const string pbx = "pbx1";
        return random.Next(17) switch
        {
            0 => old,
            1 => old with { At = now },
            2 => new CallCompleted(at, pbx, agent, queue, call, span, CallEnd.Unknown),
            3 => new CallCompleted(at, pbx, agent, queue, null, span, CallEnd.Agent),
            4 => new CallAnswered(at, pbx, agent, queue, call, null, span, span),
            5 => new CallerAbandoned(at, pbx, queue, call, span),
            6 => new AgentRinging(at, pbx, agent, queue, call, null),
            7 => new MemberStatusChanged(at, pbx, agent, queue, (PhoneState)random.Next(6), random.Next(2) == 0, span, null),
            8 => new CallHungUp(at, pbx, call),
            9 => new CallHeld(at, pbx, agent),
            10 => new MemberLeft(at, pbx, agent, queue),
            11 => new CallDialed(at, pbx, call + "-x", call, agent, $"a{random.Next(1, 7)}", CallDirection.Internal, null),
            12 => new CallPickedUp(at, pbx, call + "-x"),
            13 => new FeedConnecting(at, random.Next(3) == 0 ? "no-such-feed" : pbx),
            14 => new PhoneSeen(at, random.Next(2) == 0 ? pbx : "phones", RandomFloor.Phone(random, agent)),
            15 => new FeedLost(at, "phones", "cut"),
            _ => new MemberJoined(at, pbx, Story.Seen(agent, queue) with { IsStatic = random.Next(2) == 0, Phone = (PhoneState)random.Next(6), WrapUp = span }),
        };
    }
}
