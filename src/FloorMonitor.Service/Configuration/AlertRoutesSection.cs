using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary><c>routes</c> and <c>escalation</c>: who is told of what, and who next while nobody acknowledges.</summary>
internal static class AlertRoutesSection
{
    private static readonly string[] Screens = [AlertWords.Desk, AlertWords.Wall];

    public static ValueArray<AlertRoute> Read(YamlSection file, AlertVocabulary words, ValueArray<AlertLadder> ladders)
    {
        var routes = new List<AlertRoute>();
        foreach (var section in file.Sections("routes"))
        {
            var ladder = section.Text("escalate");
            if (ladder is not null && ladders.All(known => known.Name != ladder))
                section.Error("escalate", $"there is no escalation \"{ladder}\"{NearestKey.Suggest(ladder, ladders.Select(known => known.Name))}");
            var isNamed = section.Find("screens") is not null;
            var route = new AlertRoute
            {
                Rules = Known(section, "rules", words.Rules),
                Severities = AlertPeopleSection.Severities(section, "severity"),
                Teams = Known(section, "teams", words.Teams),
                // A queue need not be listed in floor.yaml to be there.
                Queues = AlertsFile.Words(section, "queues"),
                Shifts = Known(section, "shifts", words.Shifts),
                To = Known(section, "to", words.Recipients),
                Ladder = ladder,
                Digest = section.Flag("digest") ?? false,
                Sound = Sound(section),
            };
            routes.Add(isNamed ? route with { Screens = Known(section, "screens", Screens) } : route);
            if (route.Digest && route.To.IsEmpty) section.Error("digest", "goes to nobody: name to");
            section.Close();
        }

        return ValueArray.From(routes);
    }

    public static ValueArray<AlertLadder> Ladders(YamlSection file, AlertVocabulary words)
    {
        var ladders = new List<AlertLadder>();
        if (file.Section("escalation") is not { } section) return [];
        foreach (var name in section.Keys.Where(name => name.Length > 0).ToList())
        {
            var steps = new List<AlertStep>();
            foreach (var step in section.Sections(name))
            {
                var after = step.Duration("after", TimeSpan.Zero, TimeSpan.FromDays(1));
                if (after is null && step.Find("after") is null) step.Error("after", "is required: how long nobody has acknowledged");
                var to = Known(step, "to", words.Recipients);
                if (to.IsEmpty && step.Find("to") is null) step.Error("to", "is required: who is told");
                step.Close();
                steps.Add(new(after ?? TimeSpan.Zero, to));
            }

            ladders.Add(new(name, ValueArray.From(steps)));
        }

        section.Close();
        return ValueArray.From(ladders);
    }

    private static string? Sound(YamlSection section)
    {
        if (section.Text("sound") is not { } sound) return null;
        if (!AlertSounds.All.Contains(sound)) section.Error("sound", $"\"{sound}\" is not one of {string.Join(", ", AlertSounds.All)}");
        return sound;
    }

    private static ValueArray<string> Known(YamlSection section, string key, IReadOnlyCollection<string> known)
    {
        var words = AlertsFile.Words(section, key);
        foreach (var word in words)
            if (!known.Contains(word)) section.Error(key, $"\"{(word.Length > 60 ? word[..60] + "…" : word)}\" is not known here{NearestKey.Suggest(word, known)}");
        return words;
    }
}
