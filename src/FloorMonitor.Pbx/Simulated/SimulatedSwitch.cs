namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// A PBX as Asterisk's app_queue and channel drivers make it, without sound: devices, channels, queues and members, and
/// what it says of them. It knows nothing of people: who answers, talks and hangs up is told by <see cref="SimulatedFloor"/>.
/// Not safe for several threads; its owner takes care. Members here; calls, dialling and faults in its other files.
/// </summary>
internal sealed partial class SimulatedSwitch
{
    private readonly Timeline _time;
    private readonly Dice _dice;
    private readonly Dice _disorder = new(0x0DD);
    private readonly Dictionary<string, SimDevice> _devices = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SimQueue> _queues = new(StringComparer.Ordinal);
    private int _uniqueids;
    private int _channelNumbers;

    public SimulatedSwitch(FloorPlan plan, Timeline time, DateTimeOffset startedAt)
    {
        _time = time;
        _dice = new Dice(plan.Seed).Branch("switch");
        StartedAt = startedAt;
        Voice = new SwitchVoice(() => Epoch) { Noise = plan.Noise };
        var exten = 600;
        foreach (var queue in plan.Queues)
        {
            var made = new SimQueue(queue, $"{exten++}");
            _queues.Add(queue.Name, made);
            QueueList.Add(made);
        }

        foreach (var agent in plan.Agents.Where(agent => agent.IsStatic))
            foreach (var queue in agent.Queues)
                AddMember(_queues[queue], agent.Interface, agent.Name, 0, dynamic: false, paused: false, "");
    }

    public SwitchVoice Voice { get; }

    public List<SimQueue> QueueList { get; } = [];

    public List<SimChannel> Channels { get; } = [];

    /// <summary>When Asterisk started, by its own clock.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How far the switch's clock is ahead of the world's.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>The time that the switch believes it is.</summary>
    public DateTimeOffset Now => _time.Now + Skew;

    public long Epoch => Now.ToUnixTimeSeconds();

    public int CallsProcessed { get; private set; }

    /// <summary>The share of cases in which two events whose order is not promised come the other way round.</summary>
    public double Disorder { get; set; }

    /// <summary>A phone rings; the floor decides whether and when somebody takes it.</summary>
    public Action<SimRing>? Rang { get; set; }

    /// <summary>A call was taken; the floor decides how long it lasts.</summary>
    public Action<SimCall>? Connected { get; set; }

    public int Waited(SimCall call) => (int)(_time.Now - call.JoinedAt).TotalSeconds;

    public TimeSpan Age(SimChannel channel) => _time.Now - channel.CreatedAt;

    public SimQueue? FindQueue(string name) => _queues.GetValueOrDefault(name);

    public SimQueue? QueueAtExten(string exten) => QueueList.Find(queue => queue.Exten == exten || queue.Name == exten);

    public SimDevice Device(string address)
    {
        if (!_devices.TryGetValue(address, out var device)) _devices.Add(address, device = new SimDevice(address));
        return device;
    }

    /// <summary>Whether the address was ever heard of, so that a stranger's is answered as Asterisk answers it.</summary>
    public SimDevice? FindDevice(string address) => _devices.GetValueOrDefault(address);

    public static SimMember? FindMember(SimQueue queue, string address) =>
        queue.Members.Find(member => string.Equals(member.Device.Address, address, StringComparison.OrdinalIgnoreCase));

    public SimMember? AddMember(SimQueue queue, string address, string? name, int penalty, bool dynamic, bool paused, string reason)
    {
        if (FindMember(queue, address) is not null) return null;
        var device = Device(address);
        var member = new SimMember
        {
            Queue = queue,
            Device = device,
            Name = string.IsNullOrEmpty(name) ? address : name,
            Dynamic = dynamic,
            Penalty = penalty,
            LoginTime = Epoch,
            Paused = paused,
            Reason = paused ? reason : "",
            LastPause = paused ? Epoch : 0,
            WrapUp = queue.WrapUp,
        };
        queue.Members.Add(member);
        device.Members.Add(member);
        Voice.Device($"Queue:{queue.Name}_pause_{address}", paused ? "INUSE" : "NOT_INUSE");
        Voice.Member("QueueMemberAdded", member);
        TellAvailable(queue);
        PlanTries(queue, TimeSpan.Zero);
        return member;
    }

    /// <summary>Takes the member out, also one who is on a call: the call goes on (as app_queue does).</summary>
    public void RemoveMember(SimMember member)
    {
        member.Queue.Members.Remove(member);
        member.Device.Members.Remove(member);
        Voice.Member("QueueMemberRemoved", member);
        Voice.Device($"Queue:{member.Queue.Name}_pause_{member.Device.Address}", "NOT_INUSE");
        TellAvailable(member.Queue);
    }

    /// <summary>Pausing again moves LastPause, whatever the reason; un-pausing leaves it and empties the reason (seen on 22.10).</summary>
    public void Pause(SimMember member, bool paused, string reason)
    {
        var changed = member.Paused != paused;
        member.Paused = paused;
        member.Reason = paused ? reason : "";
        if (paused) member.LastPause = Epoch;
        if (changed) Voice.Device($"Queue:{member.Queue.Name}_pause_{member.Device.Address}", paused ? "INUSE" : "NOT_INUSE");
        if (changed) TellAvailable(member.Queue);
        Voice.Member("QueueMemberPause", member);
        if (!paused) PlanTries(member.Queue, TimeSpan.Zero);
    }

    public void SetPenalty(SimMember member, int penalty)
    {
        member.Penalty = penalty;
        Voice.Member("QueueMemberPenalty", member);
    }

    /// <summary>The phone registers or is gone.</summary>
    public void Register(SimDevice device, bool registered)
    {
        if (device.Registered == registered) return;
        device.Registered = registered;
        Voice.Plain("ContactStatus", EventClass.System,
            ("URI", $"sip:{device.Exten}@192.0.2.10:5060"),
            ("ContactStatus", registered ? "NonQualified" : "Removed"),
            ("AOR", device.Exten),
            ("EndpointName", device.Exten));
        Voice.Plain("PeerStatus", EventClass.System,
            ("ChannelType", "PJSIP"),
            ("Peer", device.Address),
            ("PeerStatus", registered ? "Reachable" : "Unreachable"));
        TellDevice(device);
    }

    /// <summary>
    /// A restart: every call is gone, counters begin anew. With persistentmembers the dynamic members come back with LoginTime
    /// and LastPause of the restart, still paused, with their reason (seen on 22.10); without, only the static ones.
    /// </summary>
    public void Restart(bool persistentMembers)
    {
        foreach (var queue in QueueList)
        {
            foreach (var call in queue.Waiting) call.Over = true;
            queue.Waiting.Clear();
            queue.ResetCounts();
            queue.SaidAvailable = false;
        }

        foreach (var channel in Channels) channel.Gone = true;
        Channels.Clear();
        foreach (var device in _devices.Values)
        {
            device.Channels.Clear();
            if (!persistentMembers) device.Members.RemoveAll(member => member.Dynamic);
            device.SaidStatus = device.Status;
        }

        foreach (var call in _calls) call.Over = true;
        _calls.Clear();
        _byLeg.Clear();
        StartedAt = Now;
        _uniqueids = 0;
        _channelNumbers = 0;
        CallsProcessed = 0;
        foreach (var queue in QueueList)
        {
            if (!persistentMembers) queue.Members.RemoveAll(member => member.Dynamic);
            foreach (var member in queue.Members)
            {
                member.LoginTime = Epoch;
                member.LastPause = member.Paused ? Epoch : 0;
                (member.CallsTaken, member.LastCall, member.InCall) = (0, 0, false);
            }
        }
    }

    /// <summary>Tells a device's state and each membership's status where it changed.</summary>
    private void TellDevice(SimDevice device)
    {
        var status = device.Status;
        if (status == device.SaidStatus) return;
        device.SaidStatus = status;
        Voice.Device(device.Address, SimDevice.StatusWord(status));
        foreach (var member in device.Members) Voice.Member("QueueMemberStatus", member);
        foreach (var member in device.Members)
        {
            TellAvailable(member.Queue);
            if (status == 1) PlanTries(member.Queue, TimeSpan.Zero);
        }
    }

    private void TellAvailable(SimQueue queue)
    {
        var available = queue.Members.Exists(member => !member.Paused && member.Device.Status == 1);
        if (available == queue.SaidAvailable) return;
        queue.SaidAvailable = available;
        Voice.Device($"Queue:{queue.Name}_avail", available ? "NOT_INUSE" : "INUSE");
    }
}
