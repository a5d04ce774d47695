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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireText? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AllowedAt { get; init; }

    /// <summary>A request that cannot be understood, and which part of it.</summary>
    public static FloorProblem BadField(string field, string detail) => Of(400, "bad-request", "The request is wrong", $"{field}: {detail}") with { Field = field };

    /// <summary>Something that is not there.</summary>
    public static FloorProblem NotFound(string detail) => Of(404, "not-found", "There is no such thing", detail);

    /// <summary>Something that cannot be done as things are, in a sentence.</summary>
    public static FloorProblem Conflict(string type, string title, Text why) => Of(409, type, title, why.En) with { Text = WireMapping.Of(why) };

    /// <summary>A problem that has a status and nothing to add to it.</summary>
    public static FloorProblem OfStatus(int status) => Of(status, "about:blank", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status switch
    {
        404 => "There is nothing at this address; /openapi/v1.json lists what there is.",
        405 => "This address does not take this method.",
        413 => $"The body is larger than {CommandBody.MaxLength} bytes.",
        415 => "A body must be application/json.",
        >= 500 => "The monitor made a mistake; its log says more.",
        _ => "The request cannot be taken.",
    });

    /// <summary>Why a command was not done; null when it was.</summary>
    public static FloorProblem? Of(CommandAnswer answer) => answer switch
    {
        CommandDone => null,
        CommandRefused refused => Of(refused.Refusal),
        NobodyOfThatId nobody => NotFound($"No agent has the id \"{nobody.Agent}\"."),
        SwitchRefused refused => Of(502, "switch-refused", "The switch refused", $"{refused.Feed}: {refused.Said}"),
        SwitchSilent silent => Of(504, "switch-silent", "The switch did not answer", $"{silent.Feed} did not answer in {ControlDesk.AnswerWithin.TotalSeconds:0} s; the floor shows what it did."),
        TooBusy => Of(503, "too-busy", "Too many commands wait", "More commands wait than the monitor lets wait; try again in a moment."),
        _ => throw new InvalidOperationException($"Nobody explains {answer.GetType().Name}."),
    };

    /// <summary>A problem with a type of this house.</summary>
    public static FloorProblem Of(int status, string type, string title, string detail) =>
        new(type.Contains(':', StringComparison.Ordinal) ? type : $"urn:floormonitor:{type}", title, status, detail);

    private static FloorProblem Of(Refused refusal) => Of(409, "refused", "The gate refuses", refusal.Text.En) with
    {
        Rule = refusal.Rule,
        Clause = refusal.Clause,
        Text = WireMapping.Of(refusal.Text),
        AllowedAt = refusal.AllowedAt,
    };
}
