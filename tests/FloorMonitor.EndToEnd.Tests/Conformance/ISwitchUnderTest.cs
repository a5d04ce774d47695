using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>A switch that the one suite is run against: it has the queues support and sales, and nobody in them.</summary>
public interface ISwitchUnderTest : IAsyncDisposable
{
    /// <summary>Where its manager interface listens.</summary>
    int Port { get; }

    /// <summary>An account that may do and hear what the suite asks for.</summary>
    string User { get; }

    /// <summary>Its secret.</summary>
    string Secret { get; }

    /// <summary>A member that takes its calls within a second or so, or never, as this switch was started.</summary>
    string Agent { get; }

    /// <summary>The number that leads into a queue.</summary>
    string NumberOf(string queue);
}

/// <summary>What the suite does with any of them.</summary>
public static class SwitchUnderTest
{
    /// <summary>Signs in.</summary>
    public static Task<AmiClient> SignInAsync(this ISwitchUnderTest pbx) =>
        AmiClient.SignInAsync(pbx.Port, pbx.User, pbx.Secret, TestContext.Current.CancellationToken);

    /// <summary>A caller comes into a queue; gives the join.</summary>
    public static async Task<AmiPacket> CallAsync(this AmiClient ami, ISwitchUnderTest pbx, string queue, string from)
    {
        var mark = ami.Heard.Count;
        var answer = await ami.AskAsync("Originate",
            ("Channel", "Local/s@caller/n"), ("Context", "callers"), ("Exten", pbx.NumberOf(queue)), ("Priority", "1"), ("CallerID", $"\"{from}\" <{from}>"), ("Async", "true"));
        Assert.True(answer.Response == "Success", answer.ToString());
        return await ami.EventAsync("QueueCallerJoin", packet => packet["Queue"] == queue && packet["CallerIDNum"] == from, mark);
    }

    /// <summary>An action that must succeed.</summary>
    public static async Task<AmiPacket> DoAsync(this AmiClient ami, string action, params (string Name, string Value)[] headers)
    {
        var answer = await ami.AskAsync(action, headers);
        Assert.True(answer.Response == "Success", $"{action}: {answer}");
        return answer;
    }
}
