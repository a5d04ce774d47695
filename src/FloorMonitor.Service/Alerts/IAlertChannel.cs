using FloorMonitor.Core.Alerts;

namespace FloorMonitor.Service.Alerts;

/// <summary>A way out of the house.</summary>
internal interface IAlertChannel
{
    /// <summary>Tries once. Comes back whatever happens; whoever calls bounds the time.</summary>
    Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop);
}

/// <summary>A message as it goes out.</summary>
/// <param name="Message">The message.</param>
/// <param name="Link">Where it can be acknowledged; null where it cannot.</param>
internal sealed record OutgoingAlert(AlertMessage Message, Uri? Link)
{
    /// <summary>Title and body as plain text, the link last.</summary>
    public string PlainText
    {
        get
        {
            var text = Message.Body.Length == 0 ? Message.Title : $"{Message.Title}\n{Message.Body}";
            return Link is null ? text : $"{text}\n{AcknowledgeWord}: {Link}";
        }
    }

    /// <summary>What the link is called.</summary>
    public string AcknowledgeWord => Message.Target.Language == "en" ? "Acknowledge" : "确认收到";
}

/// <summary>How a try ended.</summary>
internal abstract record Delivery;

/// <summary>The receiver took it.</summary>
internal sealed record Delivered : Delivery
{
    /// <summary>Its words; null where it says none.</summary>
    public string? Said { get; init; }

    /// <summary>Whether it only passes it on and does not know whether that arrives.</summary>
    public bool HandedOn { get; init; }
}

/// <summary>Not this time: the receiver is away, or is in trouble.</summary>
/// <param name="Why">In words for the desk; without secrets.</param>
internal sealed record FailedForNow(string Why) : Delivery;

/// <summary>The receiver asks for patience; that is no failure and counts as no try.</summary>
/// <param name="Why">In its words.</param>
/// <param name="After">How long; null where it does not say.</param>
internal sealed record AskedToWait(string Why, TimeSpan? After) : Delivery;

/// <summary>Never: the receiver refuses this message or this sender, and would again.</summary>
/// <param name="Why">In words for the desk; without secrets.</param>
internal sealed record Refused(string Why) : Delivery;
