using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>How a sentence names a call: by its queue, its time and the id that the switch's own records know it by.</summary>
public static class CallNames
{
    /// <summary>A call that began at an instant, such as <c>the call of 09:54:00 (queue support, 1795419746.12)</c>.</summary>
    public static Text Of(string id, string? queue, DateTimeOffset since, FloorState floor)
    {
        var at = Sentences.Clock(since, floor);
        string?[] zh = [queue is null ? null : $"队列 {queue}", id.Length > 0 ? id : null];
        string?[] en = [queue is null ? null : $"queue {queue}", zh[1]];
        return zh is [null, null]
            ? new($" {at} 的通话", $"the call of {at}")
            : new($" {at} 的通话({string.Join(",", zh.OfType<string>())})", $"the call of {at} ({string.Join(", ", en.OfType<string>())})");
    }

    /// <summary>A call that is over.</summary>
    public static Text Of(EndedCall call, FloorState floor)
    {
        var name = Of(call.Id, call.Queue, call.Since, floor);
        var until = Sentences.Clock(call.Until, floor);
        return new($"{name.Zh}至 {until}", $"{name.En} until {until}");
    }
}
