using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Tests.Configuration;

public sealed class AlertsFileTests
{
    private const string Floor = ConfigFolder.Least + "teams: [{id: A}, {id: B}]\nshifts: {N: {start: \"22:00\", end: \"06:00\"}}\n";
    private const string Mail = "channels: {email: {host: h, from: f@x.y}}\n";

    [Fact]
    public void Every_key_is_read()
    {
        using var folder = new ConfigFolder().Floor(Floor).Write("ca.pem", "x").Write(AlertsFile.Name, """
            links: {url: "https://floor.example.com/monitor", expire: 8h}
            channels:
              email: {host: mail.example.com, port: 2525, security: starttls, username: floor, password: "${MAIL}", from: "Floor <floor@example.com>", ca: ca.pem}
              sip:
              ops: {kind: wecom, url: "${WECOM}"}
              ding: {kind: dingtalk, url: "https://d.example.com/send?t=1", secret: "${DING}", language: en}
              log: {kind: webhook, url: "http://127.0.0.1:9/hook", secret: s}
            people:
              - {id: zhou, name: 周海燕, email: zhou@example.com, sip: "8001", browser: true, agent: "1001"}
              - {id: li, language: en, email: li@example.com, quietHours: {from: "20:00", to: "08:00", except: []}}
            roles:
              director: li
              managers: [zhou, li]
            routes:
              - {rules: [waiting, longest-wait], severity: critical, teams: A, queues: [vip], shifts: [N], to: [duty, director, ops], escalate: up, sound: alarm, screens: [desk]}
              - {severity: [info], to: lead, digest: true}
              - {to: [lead, agent]}
            escalation:
              up: [{after: 3m, to: duty}, {after: 5m, to: [managers]}]
            quietHours: {from: "22:00", to: "07:00"}
            grouping: {by: subject, window: 1m, cooldown: 20m}
            digest: {every: 30m}
            retry: {attempts: 5, first: 2s, most: 1m}
            """);
        var (config, errors) = folder.Load(("MAIL", "m"), ("WECOM", "https://qy.example.com/send?key=k"), ("DING", "d"));
        Assert.Empty(errors);
        var alerts = config!.Alerts;
        Assert.Equal(new Uri("https://floor.example.com/monitor/"), alerts.PublicUrl);
        Assert.Equal(TimeSpan.FromHours(8), alerts.LinksFor);
        Assert.Equal(new(5, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)), alerts.Retry);
        var email = new EmailConfig("email", "mail.example.com", 2525, EmailSecurity.StartTls, "floor", "m", "Floor <floor@example.com>") { CaFile = Path.Combine(folder.Path, "ca.pem") };
        Assert.Equal(
            [
                email, new SipConfig("sip"), new WebhookConfig("ops", WebhookKind.WeCom, new("https://qy.example.com/send?key=k"), "", "zh"),
                new WebhookConfig("ding", WebhookKind.DingTalk, new("https://d.example.com/send?t=1"), "d", "en"), new WebhookConfig("log", WebhookKind.Webhook, new("http://127.0.0.1:9/hook"), "s", "zh"),
            ],
            alerts.Channels);
        var settings = alerts.Settings;
        Assert.Equal(new AlertPerson("zhou", "周海燕", "zh", [new("email", "zhou@example.com"), new("sip", "8001"), new("browser", "zhou")]) { Agent = "1001" }, settings.People[0]);
        Assert.Equal(("li", "en", new QuietHours(TimeSpan.FromHours(20), TimeSpan.FromHours(8), [])), (settings.People[1].Name, settings.People[1].Language, settings.People[1].Quiet));
        Assert.Equal([new("director", ["li"]), new("managers", ["zhou", "li"])], settings.Roles);
        Assert.Equal([new("ops", "zh"), new("ding", "en"), new("log", "zh")], settings.Groups);
        var first = new AlertRoute
        {
            Rules = ["waiting", "longest-wait"],
            Severities = [Severity.Critical],
            Teams = ["A"],
            Queues = ["vip"],
            Shifts = ["N"],
            To = ["duty", "director", "ops"],
            Ladder = "up",
            Sound = "alarm",
            Screens = ["desk"],
        };
        Assert.Equal([first, new AlertRoute { Severities = [Severity.Info], To = ["lead"], Digest = true }, new AlertRoute { To = ["lead", "agent"] }], settings.Routes);
        Assert.Equal([new AlertLadder("up", [new(TimeSpan.FromMinutes(3), ["duty"]), new(TimeSpan.FromMinutes(5), ["managers"])])], settings.Ladders);
        Assert.Equal(new QuietHours(TimeSpan.FromHours(22), TimeSpan.FromHours(7), [Severity.Critical]), settings.Quiet);
        Assert.Equal((AlertGrouping.Subject, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30)), (settings.Grouping, settings.Window, settings.Cooldown, settings.DigestEvery));
        Assert.Equal(["sip"], settings.WithoutOver);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("# nothing yet\n", null)]
    [InlineData("rutes: []", "alerts.yaml:1:1: rutes: unknown key; did you mean \"routes\"?")]
    [InlineData("routes:\n  - {rule: x}", "alerts.yaml:2:6: routes[0].rule: unknown key; did you mean \"rules\"?")]
    [InlineData("routes:\n  - {rules: [waitin]}", "alerts.yaml:2:6: routes[0].rules: \"waitin\" is not known here; did you mean \"waiting\"?")]
    [InlineData("routes:\n  - {severity: grave}", "alerts.yaml:2:6: routes[0].severity: \"grave\" is not one of info, warning, critical; known here: critical, info, warning")]
    [InlineData("routes:\n  - {teams: C}", "alerts.yaml:2:6: routes[0].teams: \"C\" is not known here; did you mean \"A\"?")]
    [InlineData("routes:\n  - {shifts: M}", "alerts.yaml:2:6: routes[0].shifts: \"M\" is not known here; did you mean \"N\"?")]
    [InlineData("routes:\n  - {to: [leed]}", "alerts.yaml:2:6: routes[0].to: \"leed\" is not known here; did you mean \"lead\"?")]
    [InlineData("routes:\n  - {to: lead, escalate: up}", "alerts.yaml:2:16: routes[0].escalate: there is no escalation \"up\"")]
    [InlineData("routes:\n  - {digest: true}", "alerts.yaml:2:6: routes[0].digest: goes to nobody: name to")]
    [InlineData("routes:\n  - {screens: [wal]}", "alerts.yaml:2:6: routes[0].screens: \"wal\" is not known here; did you mean \"wall\"?")]
    [InlineData("routes:\n  - {sound: bang}", "alerts.yaml:2:6: routes[0].sound: \"bang\" is not one of none, chime, alarm")]
    [InlineData("people:\n  - {id: a, email: a@x.y}", "alerts.yaml:2:13: people[0].email: there is no channel email: add it to channels")]
    [InlineData(Mail + "people:\n  - {id: a, email: nobody}", "alerts.yaml:3:13: people[0].email: must be an address such as name@example.com")]
    [InlineData("people:\n  - {id: a}\n  - {id: a}", "alerts.yaml:3:6: people[1].id: two people have the id \"a\"")]
    [InlineData("people:\n  - {id: duty}", "alerts.yaml:2:6: people[0].id: \"duty\" is a word of its own in routes; choose another")]
    [InlineData("people:\n  - {id: a, language: de}", "alerts.yaml:2:13: people[0].language: \"de\" is not one of zh, en; known here: en, zh")]
    [InlineData("people: [{id: li}]\nroles: {director: lee}", "alerts.yaml:2:9: roles.director: \"lee\" is nobody of people; known here: li")]
    [InlineData("channels: {ops: {kind: wecom}}", "alerts.yaml:1:17: channels.ops.url: is required")]
    [InlineData("channels: {ops: {kind: wechat, url: \"https://x.y\"}}", "alerts.yaml:1:18: channels.ops.kind: \"wechat\" is not one of webhook, wecom, dingtalk, feishu, slack, teams; known here: dingtalk, feishu, slack, teams, webhook, wecom")]
    [InlineData("channels: {ops: {kind: wecom, url: \"http://qy.example.com\"}}", "alerts.yaml:1:31: channels.ops.url: must be https, unless it leads to this machine")]
    [InlineData("channels: {ops: {kind: slack, url: \"https://x.y\", secret: s}}", "alerts.yaml:1:51: channels.ops.secret: this kind has none: its address is its secret")]
    [InlineData("channels: {ops: {kind: webhook, url: \"https://x.y\"}}", "alerts.yaml:1:17: channels.ops.secret: is required: by it the receiver knows that an alert is ours")]
    [InlineData("channels: {ops: {kind: feishu, url: \"${HOOK}\"}}", "alerts.yaml:1:32: channels.ops.url: the environment variable HOOK is not set")]
    [InlineData("channels: {wall: {kind: slack, url: \"https://x.y\"}}", "alerts.yaml:1:12: channels.wall: is a word of its own in routes; choose another")]
    [InlineData("channels: {email: {host: h, from: f@x.y, security: none, username: u, password: p}}", "alerts.yaml:1:42: channels.email.security: a password is not sent where everybody can read it; use starttls or tls")]
    [InlineData("channels: {email: {host: h, from: f@x.y, ca: no.pem}}", "alerts.yaml:1:42: channels.email.ca: there is no file no.pem")]
    [InlineData("escalation: {up: [{to: duty}]}", "alerts.yaml:1:19: escalation.up[0].after: is required: how long nobody has acknowledged")]
    [InlineData("escalation: {up: [{after: 3m}]}", "alerts.yaml:1:19: escalation.up[0].to: is required: who is told")]
    [InlineData("quietHours: {from: \"22:00\"}", "alerts.yaml:1:13: quietHours.to: is required")]
    [InlineData("messages: {phones: true}", "alerts.yaml:1:12: messages.phones: there is no channel sip: add it to channels")]
    [InlineData("channels: {sip: }\nmessages: {phones: true}", "alerts.yaml:2:12: messages.phones: floor.yaml has no PBX of kind sip that could carry messages to phones")]
    [InlineData("channels: {sip: }\nmessages: {phones: false}", null)]
    [InlineData("messages: {phone: true}", "alerts.yaml:1:12: messages.phone: unknown key; did you mean \"phones\"?")]
    [InlineData("links: {url: floor}", "alerts.yaml:1:9: links.url: must be the address at which people reach this service, such as https://floor.example.com")]
    [InlineData("retry: {first: 10m, most: 1m}", "alerts.yaml:1:21: retry.most: is shorter than first")]
    [InlineData("grouping: {by: shift}", "alerts.yaml:1:12: grouping.by: \"shift\" is not one of team, subject, rule; known here: rule, subject, team")]
    public void What_is_wrong_is_said_with_its_place_and_what_would_be_right(string yaml, string? error)
    {
        using var folder = new ConfigFolder().Floor(Floor).Write(AlertsFile.Name, yaml);
        Assert.Equal(error is null ? [] : [error], folder.Errors());
    }

    [Theory]
    [InlineData("channels: {sip: }", "sip")]
    [InlineData("channels: {sip: }\nmessages: {phones: true}", "sip")]
    [InlineData("channels: {sip: }\nmessages: {phones: false}", null)]
    [InlineData("routes: []", null)]
    public void Messages_go_to_phones_where_there_are_any_unless_the_file_says_no(string yaml, string? channel)
    {
        using var folder = new ConfigFolder().Write(AlertsFile.Name, yaml).Floor("pbxs:\n  - {name: pbx, kind: simulated}\n  - {name: sip, kind: sip, host: 127.0.0.1, username: u, secret: s, beside: pbx}\n");
        Assert.Empty(folder.Errors());
        Assert.Equal(channel, folder.Load().Config!.Alerts.Settings.Phones);
    }

    [Fact]
    public void Without_a_file_alerts_are_on_the_screens_only()
    {
        using var folder = new ConfigFolder().Floor(Floor);
        Assert.Equal(AlertConfig.Default, folder.Load().Config!.Alerts);
        Assert.Empty(AlertConfig.Default.Channels);
    }

    [Fact]
    public void Secrets_are_in_no_text_of_the_configuration()
    {
        using var folder = new ConfigFolder().Floor(Floor).Write(AlertsFile.Name, """
            channels:
              email: {host: h, username: u, password: "${S}", from: f@x.y}
              ops: {kind: wecom, url: "https://qy.example.com/send?key=${S}"}
              ding: {kind: dingtalk, url: "https://d.example.com/${S}", secret: "${S}"}
            """);
        var alerts = folder.Load(("S", "hush")).Config!.Alerts;
        foreach (var channel in alerts.Channels)
        {
            Assert.DoesNotContain("hush", channel.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("hush", channel.Spoken, StringComparison.Ordinal);
        }
    }
}
