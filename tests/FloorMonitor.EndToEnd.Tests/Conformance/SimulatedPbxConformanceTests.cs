using System.Net;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>The suite against the simulated one: it must say what the real one says.</summary>
public sealed class SimulatedPbxConformanceTests : AmiConformanceTests
{
    protected override async Task<ISwitchUnderTest> StartAsync(bool agentsAnswer)
    {
        var plan = new FloorPlan
        {
            // Two queues, nobody in them, and no life of its own but that the called agent answers, or never does.
            Agents = [new AgentPlan("2001", "Li Wei", "team", []) { SignsInAfter = null, Spontaneous = false }],
            Queues = [Queue("support"), Queue("sales")],
            CallsPerHour = 0,
            BreaksPerHour = 0,
            OutboundPerHour = 0,
            InternalPerHour = 0,
            HoldShare = 0,
            TalkMedian = TimeSpan.FromMinutes(10),
            Patience = TimeSpan.FromHours(1),
            AnswerMedian = TimeSpan.FromSeconds(1),
            MissedShare = agentsAnswer ? 0 : 1,
            WarmUp = TimeSpan.Zero,
        };
        var pbx = new SimulatedPbx(plan, new SimulatedPbxOptions(), TimeProvider.System);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        return new Simulated(pbx);
    }

    private static QueuePlan Queue(string name) => new(name) { RingFor = TimeSpan.FromSeconds(6), Retry = TimeSpan.FromSeconds(1), WrapUp = TimeSpan.Zero };

    private sealed class Simulated(SimulatedPbx pbx) : ISwitchUnderTest
    {
        private readonly SimulatedPbxOptions _options = new();

        public int Port => pbx.Endpoint.Port;

        public string User => _options.Username;

        public string Secret => _options.Secret;

        public string Agent => "PJSIP/2001";

        public string NumberOf(string queue) => queue;

        public ValueTask DisposeAsync() => pbx.DisposeAsync();
    }
}
