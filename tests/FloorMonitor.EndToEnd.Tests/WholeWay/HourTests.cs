using System.Globalization;
using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>
/// An hour of a floor, compressed: sign-ins, calls over SIP and without, breaks, a restart of the switch, a cut of the link, and
/// a seeded walk of whatever people do. At every checkpoint the service says what <c>queue show</c> says.
/// </summary>
public sealed class HourTests
{
    private const string Li = "PJSIP/1001", Wang = "PJSIP/1002", Zhao = "Local/2001@agents/n", Sun = "Local/2002@agents/n", Mute = "Local/2101@agents/n";

    private static readonly string[] s_everybody = [Li, Wang, Zhao, Sun, Mute];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_floor_agrees_with_the_switch_at_every_checkpoint_of_the_hour(bool withRealRedis)
    {
        await using var redis = withRealRedis ? await RealRedis.StartAsync() : null;
        await using var floor = await Floor.OpenAsync(store: redis?.Connection ?? "embedded");
        async Task CheckAsync(string checkpoint)
        {
            await floor.AgreesAsync(checkpoint);
            if (redis is not null) await RedisAgreesAsync(redis, floor, checkpoint);
        }

        await floor.Phones.AnswerAsync("1001");
        await floor.Phones.RingOutAsync("1002");
        await floor.Phones.RegisterAsync("1006");
        foreach (var address in new[] { Li, Wang }) await floor.AddAsync(address, "support");
        foreach (var address in new[] { Zhao, Sun }) await floor.AddAsync(address, "sales");
        await CheckAsync("after the sign-ins");

        await using (floor.Phones.Call("600", TimeSpan.FromSeconds(8)))
        {
            await floor.Service.UntilAgentAsync("li", "onCall");
            await CheckAsync("during a call over SIP");
        }

        await floor.Pbx.CliAsync("channel request hangup all");
        await floor.Service.UntilAsync(seen => seen.Totals is { OnCall: 0, Waiting: 0 }, "all calls to end");
        await CheckAsync("after the call");

        await floor.PauseAsync(Zhao, "meal");
        await floor.PauseAsync(Sun, "short");
        var first = await floor.Pbx.CallAsync("601", "13900000001");
        await floor.Pbx.CallAsync("601", "13900000002");
        await CheckAsync("with everybody on break and two callers waiting");
        Assert.Equal(2, (await floor.Service.FloorAsync(TestContext.Current.CancellationToken)).Queue("sales").Waiting);
        await floor.Pbx.HangUpAsync(first);
        await floor.ResumeAsync(Sun);
        await floor.Service.UntilAgentAsync("sun", "onCall");
        await CheckAsync("with one gone and one answered");
        await floor.PauseAsync(Sun, "training");
        await CheckAsync("with a pause set during a call");

        await floor.Pbx.KeptAsync("training");
        var meal = (await floor.Service.FloorAsync(TestContext.Current.CancellationToken)).Agent("zhao").Break!.Since;
        await floor.Pbx.StopAsync();
        await floor.Service.UntilAgentAsync("zhao", "unknown");
        await floor.Pbx.UpAsync();
        await floor.Service.UntilAsync(seen => seen.IsSynced, "the feed to be back");
        await CheckAsync("after the restart of the switch");
        Assert.Equal(meal, (await floor.Service.FloorAsync(TestContext.Current.CancellationToken)).Agent("zhao").Break!.Since);

        floor.Wire.Cut();
        await floor.Service.UntilAgentAsync("zhao", "unknown");
        await floor.ResumeAsync(Zhao);
        await floor.RemoveAsync(Li, "support");
        await floor.AddAsync(Mute, "desk");
        floor.Wire.Mend();
        await floor.Service.UntilAsync(seen => seen.IsSynced, "the link to be back");
        await CheckAsync("after the cut of the link");

        await WalkAsync(floor, CheckAsync, seed: 20261123);
    }

    // Whatever people do, in an order that the seed decides; everything is checked every few steps.
    private static async Task WalkAsync(Floor floor, Func<string, Task> checkAsync, int seed)
    {
        var dice = new Random(seed);
        var calls = new List<string>();
        string[] queues = ["support", "sales", "desk"];
        for (var step = 1; step <= 40; step++)
        {
            var who = s_everybody[dice.Next(s_everybody.Length)];
            var queue = queues[dice.Next(queues.Length)];
            switch (dice.Next(8))
            {
                // What is so already is refused, as it is when two supervisors do the same.
                case 0 or 1: await floor.Pbx.CliAsync($"queue add member {who} to {queue}"); break;
                case 2: await floor.Pbx.CliAsync($"queue remove member {who} from {queue}"); break;
                case 3: await floor.Pbx.CliAsync($"queue pause member {who} queue {queue} reason short"); break;
                case 4: await floor.Pbx.CliAsync($"queue pause member {who}"); break;
                case 5: await floor.Pbx.CliAsync($"queue unpause member {who}"); break;
                case 6 when calls.Count > 0:
                    // It may be over by itself.
                    await floor.Pbx.Driver.AskAsync("Hangup", ("Channel", calls[0]));
                    calls.RemoveAt(0);
                    break;
                default:
                    if (calls.Count < 6) calls.Add(await floor.Pbx.CallAsync((600 + dice.Next(3)).ToString(CultureInfo.InvariantCulture), $"1370000{step:0000}"));
                    break;
            }

            if (step % 5 == 0) await checkAsync($"at step {step} of the walk of seed {seed}");
        }

        await floor.Pbx.CliAsync("channel request hangup all");
        await floor.Service.UntilAsync(seen => seen.Totals is { Waiting: 0 } && seen.Agents.All(agent => agent.Call is null), "all calls to end");
        await checkAsync("at the end of the hour");
    }

    // What another program reads with redis-cli: states of agents, depth of queues, who is on break (README's table of keys).
    private static Task<string> RedisAgreesAsync(RealRedis redis, Floor floor, string checkpoint) => Eventually.SeeAsync(
        async stop =>
        {
            var seen = await floor.Service.FloorAsync(stop);
            var agents = (await redis.AskAsync("HGETALL", "fm:lab:agents")).ToDictionary();
            var queues = (await redis.AskAsync("HGETALL", "fm:lab:queues")).ToDictionary();
            var breaks = ((string[])(await redis.AskAsync("ZRANGE", "fm:lab:breaks", "0", "-1"))!).Order(StringComparer.Ordinal);
            foreach (var agent in seen.Agents)
                if (agents.GetValueOrDefault(agent.Id)?.ToString() != agent.State) return $"{agent.Id} is {agents.GetValueOrDefault(agent.Id)} in Redis, {agent.State} on the floor";
            foreach (var queue in seen.Queues)
                if (queues.GetValueOrDefault(queue.Name)?.ToString() != queue.Waiting.ToString(CultureInfo.InvariantCulture)) return $"{queue.Name} has {queues.GetValueOrDefault(queue.Name)} waiting in Redis, {queue.Waiting} on the floor";
            var onBreak = seen.Agents.Where(agent => agent.Break is not null).Select(agent => agent.Id).Order(StringComparer.Ordinal);
            return breaks.SequenceEqual(onBreak) ? "" : $"on break in Redis: {string.Join(' ', breaks)}, on the floor: {string.Join(' ', onBreak)}";
        },
        difference => difference.Length == 0,
        $"Redis to agree {checkpoint}");
}
