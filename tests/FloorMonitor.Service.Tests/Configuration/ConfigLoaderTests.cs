using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Hosting;

namespace FloorMonitor.Service.Tests.Configuration;

public sealed class ConfigLoaderTests
{
    [Fact]
    public void Only_pbxs_is_needed_and_everything_else_has_its_default()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least);
        var config = folder.Load().Config!;
        Assert.Equal(FloorSetup.Default with { Feeds = [new("pbx", "simulated")] }, config.Setup);
        Assert.Equal("embedded", config.Store);
        Assert.Equal(RuleCatalogue.Defaults.Select(rule => rule.Id), config.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void Limits_of_breaks_in_the_rules_belong_to_the_floor()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least + "\nshifts: {N: {start: \"22:00\", end: \"06:00\"}}")
            .Rules("break-limit: {short: 6m, overrides: [{shift: N, meal: 45m}]}");
        var (config, errors) = folder.Load();
        Assert.Empty(errors);
        Assert.Equal(
            [
                new("shift", "N", [new("meal", TimeSpan.FromMinutes(45))]),
                new(null, null, [new("short", TimeSpan.FromMinutes(6))]),
            ],
            config!.Setup.BreakLimits);
    }

    [Fact]
    public void The_demo_of_the_repository_is_right_and_is_the_floor_that_the_simulated_switch_plays()
    {
        var (config, errors) = ConfigLoader.Load(Path.Combine(AppContext.BaseDirectory, "config"));
        Assert.Empty(errors);
        Assert.Equal(DemoFloor.Agents, config!.Setup.Agents);
        Assert.Equal(DemoFloor.Teams, config.Setup.Teams);
        Assert.Equal(DemoFloor.Queues, config.Setup.Queues);
        Assert.Equal(RuleCatalogue.Defaults.Length, config.Rules.Length);
    }

    [Fact]
    public void Every_key_is_read()
    {
        using var folder = new ConfigFolder().Floor("""
            site: east
            timeZone: Europe/Berlin
            businessDayStart: "05:30"
            store: redis:6379,password=${REDIS}
            pbxs:
              - {name: one, kind: ami, host: 10.0.0.1, username: u, secret: "${ONE}", tls: true}
              - {name: two, kind: ami, host: 10.0.0.2, port: 5999, username: u, secret: s}
            queues:
              - {name: q, label: Queue, serviceLevel: {within: 1m30s, formula: asterisk2}}
            teams:
              - {id: T, label: Team, lead: "1", supervisor: S}
            shifts:
              N: {start: "22:00", end: "06:00", meals: [{from: "23:30", to: "01:00", length: 45m}]}
            breakKinds:
              coffee: {reasons: [break, Kaffee], limit: 7m}
              meal: {limit: 1h}
            """).Agents("interface,pin,id\nPJSIP/1,1234,1\n").Rules("settle-in: {lock: 45m, enabled: false}");
        var (config, errors) = folder.Load(("REDIS", "r"), ("ONE", "first"));
        Assert.Empty(errors);
        var setup = config!.Setup;
        Assert.Equal(("east", "Europe/Berlin", new TimeSpan(5, 30, 0)), (setup.Site, setup.TimeZone, setup.BusinessDayStart));
        Assert.Equal("redis:6379,password=r", config.Store);
        Assert.Equal([new("one", PbxKind.Ami, "10.0.0.1", 5039, "u", "first", true), new("two", PbxKind.Ami, "10.0.0.2", 5999, "u", "s", false)], config.Pbxs);
        Assert.Equal([new("q", "Queue", TimeSpan.FromSeconds(90), ServiceLevelFormula.Asterisk2)], setup.Queues);
        Assert.Equal([new("T", "Team", "1", "S")], setup.Teams);
        Assert.Equal(new MealWindow(new(23, 30, 0), new(1, 0, 0), TimeSpan.FromMinutes(45)), Assert.Single(Assert.Single(setup.Shifts).Meals));
        Assert.Equal([new AgentSetup("1", "1", null, "PJSIP/1")], setup.Agents);
        var settleIn = config.Rules.OfType<SettleIn>().Single();
        Assert.Equal((TimeSpan.FromMinutes(45), false), (settleIn.Lock, settleIn.Enabled));

        // A kind that is named replaces the house's own; a reason that moved is taken from the kind that had it.
        Assert.Equal(TimeSpan.FromHours(1), setup.Breaks.Single(kind => kind.Kind == "meal").Limit);
        Assert.Equal(["meal"], setup.Breaks.Single(kind => kind.Kind == "meal").Reasons);
        Assert.Equal(["break", "Kaffee"], setup.Breaks.Single(kind => kind.Kind == "coffee").Reasons);
        Assert.DoesNotContain("break", setup.Breaks.Single(kind => kind.Kind == "short").Reasons);
    }

    [Fact]
    public void The_shifts_of_a_simulated_floor_may_lie_around_now_and_those_of_a_real_one_may_not()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least + "timeZone: Asia/Shanghai\nshifts:\n  A: {start: \"now-2h50m\", end: \"now+5h\", meals: [{from: now, to: \"now+1h\", length: 30m}]}\n  N: {start: \"now-8h\", end: now}");
        Assert.Equal(
            [
                new("A", new(4, 40, 0), new(12, 30, 0), [new(new(7, 30, 0), new(8, 30, 0), TimeSpan.FromMinutes(30))]),
                new("N", new(23, 30, 0), new(7, 30, 0), []),
            ],
            folder.Load().Config!.Setup.Shifts);
        folder.Floor(ConfigFolder.Least + "shifts:\n  A: {start: \"now-x\", end: \"18:00\"}");
        Assert.Equal(["floor.yaml:4:7: shifts.A.start: is not a time around now such as now-3h or now+1h30m"], folder.Errors());
        folder.Floor("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: s}\nshifts:\n  A: {start: now, end: \"18:00\"}");
        Assert.Equal(["floor.yaml:4:7: shifts.A.start: a time around now is for floors whose PBXs are all simulated; write a time of day such as \"09:00\""], folder.Errors());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("openingHours: always", 1)]
    [InlineData("openingHours:\n  - {from: \"08:00\", to: \"22:00\", days: [Monday, tuesday]}\n  - {from: \"10:00\", to: \"16:00\"}", 2)]
    public void Opening_hours_are_always_or_a_list_or_nothing(string yaml, int spans)
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least + yaml);
        var hours = folder.Load().Config!.Setup.OpeningHours;
        Assert.Equal(spans, hours.Count);
        if (spans == 2) Assert.Equal(new OpeningSpan(new(8, 0, 0), new(22, 0, 0), [DayOfWeek.Monday, DayOfWeek.Tuesday]), hours[0]);
    }

    [Fact]
    public void Teams_that_only_agents_csv_names_are_teams_too()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least).Agents("id,team,interface\n1,夜班,P/1\n2,夜班,P/2\n");
        Assert.Equal([new TeamSetup("夜班", "夜班", null, null)], folder.Load().Config!.Setup.Teams);
    }

    [Fact]
    public void A_csv_of_a_chinese_spreadsheet_is_read_and_said()
    {
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least).Write(AgentsFile.Name, gb18030.GetBytes("id,name,interface\n1001,欧阳明,PJSIP/1001\n"));
        var config = folder.Load().Config!;
        Assert.Equal("欧阳明", Assert.Single(config.Setup.Agents).Name);
        Assert.EndsWith("agents.csv is not UTF-8; it was read as GB18030", Assert.Single(config.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_semicolons_quotes_and_windows_line_ends_are_no_trouble()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least).Agents("\uFEFFid;name;interface\r\n1;\"O'Neil; Tom\";P/1\r\n");
        Assert.Equal([new AgentSetup("1", "O'Neil; Tom", null, "P/1")], folder.Load().Config!.Setup.Agents);
    }

    [Fact]
    public void Where_a_sip_PBX_reaches_us_is_read_and_becomes_the_accounts_transport()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=floor.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(ConfigFolder.ReadAt, ConfigFolder.ReadAt.AddYears(1));
        using var folder = new ConfigFolder().Write("floor.pem", certificate.ExportCertificatePem()).Write("floor.key", key.ExportPkcs8PrivateKeyPem()).Floor(
            """
            pbxs:
              - {name: a, kind: sip, host: pbx.example, username: u, secret: s, transport: tls, listen: "[::]:5071", contact: floor.example, certificate: floor.pem, key: floor.key}
              - {name: b, kind: sip, host: "2001:db8::1", username: u, secret: s, listen: "[2001:db8::9]:5070", contact: "2001:db8::7"}
              - {name: c, kind: sip, host: "2001:db8::1", username: u, secret: s}
              - {name: d, kind: sip, host: pbx.example, username: u, secret: s}
            """);
        var pbxs = folder.Load().Config!.Pbxs;
        var accounts = Enumerable.Range(0, 4).Select(i => FeedFactory.AccountOf(pbxs[i], pbxs[i].Sip!)).ToList();
        Assert.Equal(["[::]:5071 floor.example", "[2001:db8::9]:5070 [2001:db8::7]", "[::]:0 ", "0.0.0.0:0 "], accounts.Select(one => $"{new IPEndPoint(one.Transport.Address, one.Transport.Port)} {one.Transport.ContactHost}"));
        Assert.Equal((Path.Combine(folder.Path, "floor.pem"), Path.Combine(folder.Path, "floor.key")), (accounts[0].Transport.TlsCertificateFile, accounts[0].Transport.TlsKeyFile));
        Assert.Equal(["pbx.example", "[2001:db8::1]"], accounts.Take(2).Select(one => one.Domain));
    }

    [Theory]
    [InlineData("asterisk")]
    [InlineData("sip")]
    public void The_examples_lack_nothing_but_their_secret(string example)
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "config", "examples", example);
        Assert.Equal("the environment variable PBX_SECRET is not set", Assert.Single(ConfigLoader.Load(directory, _ => null, ConfigFolder.ReadAt).Errors).Message);
        Assert.NotNull(ConfigLoader.Load(directory, _ => "secret", ConfigFolder.ReadAt).Config);
    }

    [Theory]
    [InlineData("hots", "host")]
    [InlineData("TIMEZONE", "timeZone")]
    [InlineData("time-zone", "timeZone")]
    [InlineData("queue", "queues")]
    [InlineData("xyzzy", null)]
    public void The_nearest_key_is_the_one_that_a_slip_of_the_finger_makes(string typed, string? meant) =>
        Assert.Equal(meant, NearestKey.Of(typed, ["host", "timeZone", "queues", "teams", "secret"]));
}
