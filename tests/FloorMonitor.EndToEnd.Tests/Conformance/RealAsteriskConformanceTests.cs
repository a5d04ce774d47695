using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>The suite against the real one: what it says is what is so.</summary>
public sealed class RealAsteriskConformanceTests : AmiConformanceTests
{
    protected override async Task<ISwitchUnderTest> StartAsync(bool agentsAnswer) => new Real(await RealAsterisk.StartAsync(), agentsAnswer);

    private sealed class Real(RealAsterisk asterisk, bool agentsAnswer) : ISwitchUnderTest
    {
        public int Port => asterisk.AmiPort;

        public string User => "driver";

        public string Secret => "driver-secret";

        public string Agent => agentsAnswer ? "Local/2001@agents/n" : "Local/2101@agents/n";

        public string NumberOf(string queue) => queue == "support" ? "600" : "601";

        public ValueTask DisposeAsync() => asterisk.DisposeAsync();
    }
}
