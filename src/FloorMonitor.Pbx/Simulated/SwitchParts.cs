namespace FloorMonitor.Pbx.Simulated;

/// <summary>A queue of the simulated switch with the settings that queues.conf would give it.</summary>
internal sealed class SimQueue(QueuePlan plan, string exten)
{
    public string Name => plan.Name;
    public string Strategy => plan.Strategy;
    public string Exten { get; } = exten;
    public TimeSpan RingFor => plan.RingFor;
    public TimeSpan Retry => plan.Retry;
    public int ServiceLevel => (int)plan.ServiceLevel.TotalSeconds;
    public int WrapUp => (int)plan.WrapUp.TotalSeconds;
    public List<SimMember> Members { get; } = [];
    public List<SimCall> Waiting { get; } = [];
    public int Completed { get; set; }
    public int CompletedInLevel { get; set; }
    public int Abandoned { get; set; }
    public int AbandonedInLevel { get; set; }
    public int HoldTime { get; set; }
    public int TalkTime { get; set; }
    public int NextMember { get; set; }
    public bool TriesPlanned { get; set; }

    /// <summary>What the device <c>Queue:name_avail</c> last said.</summary>
    public bool SaidAvailable { get; set; }

    public double Level => Completed == 0 ? 0 : 100.0 * CompletedInLevel / Completed;

    public double Level2 => Completed + Abandoned == 0 ? 0 : 100.0 * (CompletedInLevel + AbandonedInLevel) / (Completed + Abandoned);

    public void ResetCounts() =>
        (Completed, CompletedInLevel, Abandoned, AbandonedInLevel, HoldTime, TalkTime) = (0, 0, 0, 0, 0, 0);
}

/// <summary>One agent in one queue, as app_queue keeps it.</summary>
internal sealed class SimMember
{
    public required SimQueue Queue { get; init; }
    public required SimDevice Device { get; init; }
    public required string Name { get; init; }
    public required bool Dynamic { get; init; }
    public int Penalty { get; set; }
    public int CallsTaken { get; set; }
    public long LastCall { get; set; }
    public long LastPause { get; set; }
    public long LoginTime { get; set; }
    public bool InCall { get; set; }
    public bool Paused { get; set; }
    public string Reason { get; set; } = "";
    public int WrapUp { get; init; }
}

/// <summary>A phone or trunk.</summary>
internal sealed class SimDevice(string address)
{
    public string Address { get; } = address;

    /// <summary>The extension: <c>1001</c> of <c>PJSIP/1001</c>.</summary>
    public string Exten { get; } = address[(address.IndexOf('/') + 1)..].Split('@')[0];

    public bool Registered { get; set; } = true;
    public List<SimChannel> Channels { get; } = [];
    public List<SimMember> Members { get; } = [];
    public int SaidStatus { get; set; } = 1;

    /// <summary>The script keeps this phone free so that its moment comes on time: the queues pass it over.</summary>
    public bool HeldBack => Holds > 0;

    /// <summary>How many parts of a script keep the phone free at once: the end of one must not undo another.</summary>
    public int Holds { get; set; }

    /// <summary>Asterisk's device state: 1 idle, 2 in use, 5 unavailable, 6 ringing, 7 ringing while in use. The phone that puts on hold stays in use; the held side shows 8.</summary>
    public int Status
    {
        get
        {
            if (!Registered) return 5;
            if (Channels.Count == 0) return 1;
            bool rings = false, talks = false, held = true;
            foreach (var channel in Channels)
            {
                if (channel.State == ChannelState.Ringing) rings = true;
                else if (channel.State != ChannelState.Down) talks = true;
                held &= channel.Held;
            }

            return (rings, talks) switch
            {
                (true, true) => 7,
                (true, false) => 6,
                (false, true) => held ? 8 : 2,
                _ => 1,
            };
        }
    }

    public static string StatusWord(int status) => status switch
    {
        1 => "NOT_INUSE",
        2 => "INUSE",
        3 => "BUSY",
        4 => "INVALID",
        5 => "UNAVAILABLE",
        6 => "RINGING",
        7 => "RINGINUSE",
        8 => "ONHOLD",
        _ => "UNKNOWN",
    };

    public static string StatusText(int status) => status switch
    {
        1 => "Not in use",
        2 => "In use",
        3 => "Busy",
        4 => "Invalid",
        5 => "Unavailable",
        6 => "Ringing",
        7 => "Ring+Inuse",
        8 => "On Hold",
        _ => "Unknown",
    };
}

/// <summary>Asterisk's channel states that occur here.</summary>
internal enum ChannelState
{
    Down = 0,
    Ring = 4,
    Ringing = 5,
    Up = 6,
}

/// <summary>A leg of a call.</summary>
internal sealed class SimChannel
{
    public required string Name { get; init; }
    public required string Uniqueid { get; init; }
    public required string Linkedid { get; init; }
    public required SimDevice Device { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Context { get; set; }
    public string CallerNum { get; init; } = "<unknown>";
    public string CallerName { get; init; } = "<unknown>";
    public string ConnectedNum { get; set; } = "<unknown>";
    public string ConnectedName { get; set; } = "<unknown>";
    public string Exten { get; set; } = "s";
    public int Priority { get; set; } = 1;
    public ChannelState State { get; set; }
    public string App { get; set; } = "";
    public string AppData { get; set; } = "";
    public string Bridge { get; set; } = "";
    public bool Held { get; set; }
    public bool Gone { get; set; }
}

/// <summary>A call: the caller's leg, the queue it waits in (if any), the legs that ring, and the one that answered.</summary>
internal sealed class SimCall
{
    public required SimChannel Caller { get; init; }

    /// <summary>The second half of a Local channel that carries the caller; null for a real line.</summary>
    public SimChannel? CallerHalf { get; init; }

    /// <summary>The queue; null for a call that one seat dialled.</summary>
    public SimQueue? Queue { get; init; }
    public DateTimeOffset JoinedAt { get; init; }
    public int JoinedPosition { get; init; }
    public List<SimRing> Ringing { get; } = [];
    public SimRing? Answered { get; set; }
    public DateTimeOffset AnsweredAt { get; set; }
    public int HoldTime { get; set; }

    /// <summary>No member is tried before this instant (the queue's retry).</summary>
    public DateTimeOffset NextTryAt { get; set; }
    public bool Over { get; set; }

    /// <summary>What its legs are hung up with (ITU-T Q.850): 16 where a person ends it.</summary>
    public int Cause { get; set; } = 16;
}

/// <summary>A leg that rings, or rang, at a phone.</summary>
internal sealed record SimRing(SimCall Call, SimChannel Leg, SimMember? Member, DateTimeOffset Since);
