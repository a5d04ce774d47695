using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>A whole floor: a real switch, a wire that can be cut, the service, and whoever has a phone.</summary>
public sealed class Floor : IAsyncDisposable
{
    private Floor(RealAsterisk pbx, CutProxy wire, FloorService service)
    {
        Pbx = pbx;
        Wire = wire;
        Service = service;
        Phones = new Phones(pbx.SipPort);
    }

    /// <summary>The switch.</summary>
    public RealAsterisk Pbx { get; }

    /// <summary>The wire to it.</summary>
    public CutProxy Wire { get; }

    /// <summary>The service.</summary>
    public FloorService Service { get; }

    /// <summary>The phones.</summary>
    public Phones Phones { get; }

    /// <summary>Starts one; the rules let everybody go as they like unless said otherwise.</summary>
    public static async Task<Floor> OpenAsync(string rules = "", string floor = "", string store = "embedded", string? agents = null)
    {
        var pbx = await RealAsterisk.StartAsync();
        var wire = new CutProxy(pbx.AmiPort);
        try
        {
            return new Floor(pbx, wire, await FloorService.StartAsync(wire.Port, rules, floor, store, agents));
        }
        catch
        {
            // Neither the switch nor the wire is left behind; the fault goes on to the test.
            await wire.DisposeAsync();
            await pbx.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts a member into a queue, as an administrator does on the switch's console.</summary>
    public Task AddAsync(string address, string queue) => CliAsync($"queue add member {address} to {queue}", "Added");

    /// <summary>Takes a member out of a queue, likewise.</summary>
    public Task RemoveAsync(string address, string queue) => CliAsync($"queue remove member {address} from {queue}", "Removed");

    /// <summary>Pauses a member in all its queues for a reason, as a dialplan or another program does (the console takes a reason for one queue only).</summary>
    public Task PauseAsync(string address, string reason) => SetPauseAsync(address, "true", reason);

    /// <summary>Un-pauses a member in all its queues, likewise.</summary>
    public Task ResumeAsync(string address) => SetPauseAsync(address, "false", "");

    /// <summary>What the switch shows.</summary>
    public async Task<IReadOnlyDictionary<string, QueueShow>> ShownAsync() => QueueShow.Parse(await Pbx.CliAsync("queue show"));

    /// <summary>Waits until the service and the switch's own console say the same of members, pauses, waiting callers and calls.</summary>
    public async Task AgreesAsync(string checkpoint)
    {
        var difference = "nothing was compared";
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    difference = Difference(await ShownAsync(), await Service.FloorAsync());
                    return difference.Length == 0;
                },
                $"floor and switch to agree {checkpoint}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{difference}\nThe service said: {FloorService.Tail(Service.Said)}", late);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Phones.DisposeAsync();
        await Wire.DisposeAsync();
        await Pbx.DisposeAsync();
    }

    private static string Difference(IReadOnlyDictionary<string, QueueShow> shown, FloorView floor)
    {
        if (!floor.IsSynced) return "the feed is not synced";
        if (!shown.Keys.Order(StringComparer.Ordinal).SequenceEqual(["desk", "sales", "support"])) return $"the switch shows only {string.Join(' ', shown.Keys)}";
        var ids = FloorService.Agents.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[3], cells => cells[0]);
        foreach (var (name, queue) in shown)
        {
            var at = queue.Members.ToDictionary(member => ids.GetValueOrDefault(member.Address, $"pbx:{member.Address}"));
            var members = floor.Agents.Where(agent => agent.Queues.Contains(name)).Select(agent => agent.Id).Order(StringComparer.Ordinal).ToList();
            if (!members.SequenceEqual(at.Keys.Order(StringComparer.Ordinal)))
                return $"{name}: the switch has {string.Join(' ', at.Keys)}, the floor {string.Join(' ', members)}";
            foreach (var (id, member) in at)
            {
                var agent = floor.Agent(id);
                if (agent.PausedQueues.Contains(name) != member.Paused) return $"{name}: {id} paused {member.Paused} at the switch: {member.Text} | {agent}";
                var talks = agent.Call is { Answered: true } call && call.Queue == name;
                if (talks != member.InCall) return $"{name}: {id} in call {member.InCall} at the switch: {member.Text} | {agent}";
            }

            if (floor.Queue(name).Waiting != queue.Callers) return $"{name}: {queue.Callers} wait at the switch, {floor.Queue(name).Waiting} on the floor";
        }

        return "";
    }

    private async Task SetPauseAsync(string address, string paused, string reason)
    {
        var answer = await Pbx.Driver.AskAsync("QueuePause", ("Interface", address), ("Paused", paused), ("Reason", reason));
        Assert.True(answer.Response == "Success", answer.ToString());
    }

    private async Task CliAsync(string command, string expected)
    {
        var answer = await Pbx.CliAsync(command);
        Assert.True(answer.Contains(expected, StringComparison.Ordinal), $"{command}: {answer}");
    }
}
