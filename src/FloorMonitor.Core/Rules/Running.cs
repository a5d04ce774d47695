namespace FloorMonitor.Core.Rules;

/// <summary>The commonest finding: something has been so for longer than it may.</summary>
public static class Running
{
    /// <summary>A finding about what has been so since an instant and may be so for a time.</summary>
    public static Finding Since(Subject subject, DateTimeOffset since, TimeSpan limit, DateTimeOffset now, Text text, params ReadOnlySpan<long> evidence) =>
        new(subject, since + limit, since, text, limit, Sentences.Running(limit, now - since - limit), Evidence.Of(evidence), []);

    /// <summary>The same, with a sentence that is made when it is read: for what is found of many at every tick and comes true for few.</summary>
    public static Finding Since(Subject subject, DateTimeOffset since, TimeSpan limit, DateTimeOffset now, Func<Text> say, params ReadOnlySpan<long> evidence) =>
        Finding.Saying(subject, since + limit, since, say, limit, Sentences.Running(limit, now - since - limit), Evidence.Of(evidence), []);
}
