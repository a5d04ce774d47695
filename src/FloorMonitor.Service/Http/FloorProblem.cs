using System.Text.Json.Serialization;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>
/// What went wrong, as RFC 9457 asks, with the members that this house adds: the field that is wrong, or the rule, clause,
/// sentence and instant of a refusal.
/// </summary>
internal sealed record FloorProblem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string ContentType = "application/problem+json";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Clause { get; init; }

    /// <summary>The clause as each language's handbook prints it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireText? ClauseText { get; init; }

    /// <summary>The same as the detail, for people: in both languages, always.</summary>
    public required WireText Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AllowedAt { get; init; }

    /// <summary>A request that cannot be understood, and which part of it.</summary>
    public static FloorProblem BadField(string field, Text why) =>
        Of(400, "bad-request", "The request is wrong", new($"{field}:{why.Zh}", $"{field}: {why.En}")) with { Field = field };

    /// <summary>Something that is not there.</summary>
    public static FloorProblem NotFound(Text why) => Of(404, "not-found", "There is no such thing", why);

    /// <summary>Something that cannot be done as things are, in a sentence.</summary>
    public static FloorProblem Conflict(string type, string title, Text why) => Of(409, type, title, why);

    /// <summary>A problem that has a status and nothing to add to it.</summary>
    public static FloorProblem OfStatus(int status) =>
        Of(status, "about:blank", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), Complaints.OfStatus(status));

    /// <summary>Why a command was not done; null when it was.</summary>
    public static FloorProblem? Of(CommandAnswer answer) => answer switch
    {
        CommandDone => null,
        CommandRefused refused => Of(refused.Refusal),
        NobodyOfThatId nobody => NotFound(Complaints.NoAgent(nobody.Agent)),
        SwitchRefused refused => Of(502, "switch-refused", "The switch refused", new($"{refused.Feed}:{refused.Said.Zh}", $"{refused.Feed}: {refused.Said.En}")),
        SwitchSilent silent => Of(504, "switch-silent", "The switch did not answer", new(
            $"{silent.Feed} 在 {ControlDesk.AnswerWithin.TotalSeconds:0} 秒内没有答复;实际结果以现场画面为准。",
            $"{silent.Feed} did not answer in {ControlDesk.AnswerWithin.TotalSeconds:0} s; the floor shows what it did.")),
        TooBusy => Of(503, "too-busy", "Too many commands wait", new("等待处理的指令过多,请稍后再试。", "More commands wait than the monitor lets wait; try again in a moment.")),
        _ => throw new InvalidOperationException($"Nobody explains {answer.GetType().Name}."),
    };

    /// <summary>A problem with a type of this house.</summary>
    public static FloorProblem Of(int status, string type, string title, Text why) =>
        new(type.Contains(':', StringComparison.Ordinal) ? type : $"urn:floormonitor:{type}", title, status, why.En) { Text = WireMapping.Of(why) };

    private static FloorProblem Of(Refused refusal) => Of(409, "refused", "The gate refuses", refusal.Text) with
    {
        Rule = refusal.Rule,
        Clause = refusal.Clause,
        ClauseText = refusal.Clause is { } clause ? WireMapping.Clause(clause) : null,
        AllowedAt = refusal.AllowedAt,
    };
}
