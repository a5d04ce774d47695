using System.Text;

namespace FloorMonitor.Service.Tests.Configuration;

public sealed class ConfigErrorTests
{
    private const string Pbx = ConfigFolder.Least;
    private const string Sip = "pbxs:\n  - {name: a, kind: sip, host: h, username: u, secret: s, ";

    [Theory]
    [InlineData("", "floor.yaml:1:1: pbxs: is required: a list with at least one PBX")]
    [InlineData("# nothing yet\n", "floor.yaml:1:1: pbxs: is required: a list with at least one PBX")]
    [InlineData("pbxs: []", "floor.yaml:1:1: pbxs: is required: a list with at least one PBX")]
    [InlineData("pbxs: demo", "floor.yaml:1:1: pbxs: must be a list", "floor.yaml:1:1: pbxs: is required: a list with at least one PBX")]
    [InlineData("- a\n- b", "floor.yaml:1:1: must hold keys, such as \"site: …\"")]
    [InlineData("pbx:\n  - {name: a, kind: simulated}", "floor.yaml:1:1: pbxs: is required: a list with at least one PBX", "floor.yaml:1:1: pbx: unknown key; did you mean \"pbxs\"?")]
    [InlineData(Pbx + "time_zone: Asia/Shanghai", "floor.yaml:3:1: time_zone: unknown key; did you mean \"timeZone\"?")]
    [InlineData(Pbx + "timeZone: Asia/Shangai", "floor.yaml:3:1: timeZone: \"Asia/Shangai\" is not an IANA time zone such as Asia/Shanghai; did you mean \"Asia/Shanghai\"?")]
    [InlineData(Pbx + "businessDayStart: 4am", "floor.yaml:3:1: businessDayStart: \"4am\" is not a time of day such as \"04:00\"")]
    [InlineData(Pbx + "site: a\nsite: b", "floor.yaml:4:1: the same key stands twice: site")]
    [InlineData(Pbx + "site: ${SITE}", "floor.yaml:3:1: site: the environment variable SITE is not set", "floor.yaml:3:1: site: must be 1 to 64 characters")]
    [InlineData(Pbx + "store: host:6379,pasword=x", "floor.yaml:3:1: store: must be embedded or a StackExchange.Redis connection string: Keyword 'pasword' is not supported. (Parameter 'pasword')")]
    [InlineData("pbxs:\n  - {name: a, kind: sip}", "floor.yaml:2:5: pbxs[0].host: is required", "floor.yaml:2:5: pbxs[0].username: is required", "floor.yaml:2:5: pbxs[0].secret: is required")]
    [InlineData(Sip + "tls: true}", "floor.yaml:2:59: pbxs[0].tls: unknown key")]
    [InlineData(Sip + "transport: sctp}", "floor.yaml:2:59: pbxs[0].transport: \"sctp\" is not one of udp, tcp, tls; known here: tcp, tls, udp")]
    [InlineData(Sip + "packages: [dialog]}", "floor.yaml:2:59: pbxs[0].packages: dialog alone cannot tell whether a phone is registered, so nobody could sign in: add presence or reg")]
    [InlineData(Sip + "packages: [dialog, presense, dialog]}", "floor.yaml:2:59: pbxs[0].packages: \"presense\" is not one of dialog, presence, reg; did you mean \"presence\"?", "floor.yaml:2:59: pbxs[0].packages: \"dialog\" stands twice", "floor.yaml:2:59: pbxs[0].packages: dialog alone cannot tell whether a phone is registered, so nobody could sign in: add presence or reg")]
    [InlineData(Sip + "packages: []}", "floor.yaml:2:59: pbxs[0].packages: must name at least one of dialog, presence, reg")]
    [InlineData(Sip + "expires: 10s}", "floor.yaml:2:59: pbxs[0].expires: 10s is outside 1m to 24h")]
    [InlineData(Sip + "ca: ca.pem}", "floor.yaml:2:59: pbxs[0].ca: has no meaning without transport: tls")]
    [InlineData(Sip + "transport: tls, ca: ca.pem}", "floor.yaml:2:75: pbxs[0].ca: there is no file ca.pem (a relative name is taken from the configuration's folder)")]
    [InlineData(Sip + "listen: 5070}", "floor.yaml:2:59: pbxs[0].listen: must be an address with a port, such as \"0.0.0.0:5070\" or \"[::]:5070\" (both families)")]
    [InlineData(Sip + "listen: \"[2001:db8::1]\"}", "floor.yaml:2:59: pbxs[0].listen: must be an address with a port, such as \"0.0.0.0:5070\" or \"[::]:5070\" (both families)")]
    [InlineData("pbxs:\n  - {name: a, kind: sip, username: u, secret: s, host: \"2001:db8::1\", listen: \"0.0.0.0:5070\"}", "floor.yaml:2:71: pbxs[0].listen: 0.0.0.0 cannot reach the host 2001:db8::1, which is of the other address family")]
    [InlineData(Sip + "listen: 192.0.2.9:5070}\n  - {name: b, kind: sip, host: h, username: u, secret: s, listen: \"0.0.0.0:5070\"}", "floor.yaml:3:59: pbxs[1].listen: a listens there already; each PBX needs a port of its own")]
    [InlineData(Sip + "contact: floor.example}", "floor.yaml:2:59: pbxs[0].contact: needs listen too: the port that is listened on is the port that the PBX is told")]
    [InlineData(Sip + "listen: \"0.0.0.0:5070\", contact: \"floor.example:5080\"}", "floor.yaml:2:83: pbxs[0].contact: must be a host name or an address, without a port: it is that of listen")]
    [InlineData(Sip + "certificate: floor.pem}", "floor.yaml:2:59: pbxs[0].certificate: has no meaning without transport: tls")]
    [InlineData(Sip + "transport: tls, certificate: floor.pem}", "floor.yaml:2:75: pbxs[0].certificate: there is no file floor.pem (a relative name is taken from the configuration's folder)")]
    [InlineData(Sip + "transport: tls, key: floor.yaml}", "floor.yaml:2:75: pbxs[0].key: has no meaning without certificate")]
    [InlineData(Sip + "beside: pbx}", "floor.yaml:2:59: pbxs[0].beside: \"pbx\" names no PBX of another kind in this list")]
    [InlineData(Sip + "beside: pbx, group: x, signOutAfter: 5m}\n  - {name: pbx, kind: simulated}", "floor.yaml:2:72: pbxs[0].group: has no meaning beside another PBX: its queues are the queues", "floor.yaml:2:82: pbxs[0].signOutAfter: has no meaning beside another PBX: who is signed in is its business")]
    [InlineData(Sip + "teams: [B]}\nteams:\n  - {id: A}", "floor.yaml:2:59: pbxs[0].teams: \"B\" is not among the teams; did you mean \"A\"?")]
    [InlineData("pbxs:\n  - {name: a, kind: sip, host: h, secret: s, username: \"sip:m@h\"}", "floor.yaml:2:46: pbxs[0].username: must be the user part of the account's address, without sip: and @")]
    [InlineData("pbxs:\n  - {name: a, kind: esl}", "floor.yaml:2:15: pbxs[0].kind: \"esl\" is planned but not in this version; use ami (Asterisk, FreePBX), sip (any PBX with SIP event packages) or simulated")]
    [InlineData("pbxs:\n  - {name: a, kind: asterisk}", "floor.yaml:2:15: pbxs[0].kind: \"asterisk\" is not one of ami, sip, esl, simulated; known here: ami, esl, simulated, sip")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, host: h, username: u}", "floor.yaml:2:5: pbxs[0].secret: is required")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: \"${PBX_SECRET}\"}", "floor.yaml:2:48: pbxs[0].secret: the environment variable PBX_SECRET is not set")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: s, port: 70000}", "floor.yaml:2:59: pbxs[0].port: \"70000\" is not a whole number from 1 to 65535")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: s, tls: yes}", "floor.yaml:2:59: pbxs[0].tls: \"yes\" is not true or false")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, hots: h, username: u, secret: s}", "floor.yaml:2:5: pbxs[0].host: is required", "floor.yaml:2:26: pbxs[0].hots: unknown key; did you mean \"host\"?")]
    [InlineData("pbxs:\n  - {name: a, kind: ami, host: h, username: \"u\\r\\nAction: Command\", secret: s}", "floor.yaml:2:35: pbxs[0].username: must not hold control characters")]
    [InlineData("pbxs:\n  - {name: a, kind: simulated}\n  - {name: a, kind: simulated}", "floor.yaml:3:6: pbxs[1].name: two PBXs are named \"a\"")]
    [InlineData("pbxs:\n  - {name: gate, kind: simulated}", "floor.yaml:2:6: pbxs[0].name: \"gate\" names one of the monitor's own sources; choose another")]
    [InlineData("pbxs:\n  - {name: \"a b\", kind: simulated}", "floor.yaml:2:6: pbxs[0].name: must be 1 to 64 letters, digits, dots, dashes or underscores (it appears in ids and metrics)")]
    [InlineData(Pbx + "queues:\n  - {name: q, serviceLevel: {within: 20, formula: offerd}}", "floor.yaml:4:30: queues[0].serviceLevel.within: \"20\" is not a duration such as 30m, 1h30m or 90s", "floor.yaml:4:42: queues[0].serviceLevel.formula: \"offerd\" is not one of offered, asterisk, asterisk2; did you mean \"offered\"?")]
    [InlineData(Pbx + "queues:\n  - {name: q}\n  - {name: q}", "floor.yaml:5:6: queues[1].name: two queues are named \"q\"")]
    [InlineData(Pbx + "teams:\n  - {id: A, boss: x}", "floor.yaml:4:13: teams[0].boss: unknown key; known here: id, label, lead, supervisor")]
    [InlineData(Pbx + "teams:\n  - {id: A}\n  - {id: A}", "floor.yaml:5:6: teams[1].id: two teams have the id \"A\"")]
    [InlineData(Pbx + "breakKinds:\n  short: 5m", "floor.yaml:4:3: breakKinds.short: must hold keys of its own", "floor.yaml:4:3: breakKinds.short: must hold reasons, and a limit if there is one")]
    [InlineData(Pbx + "breakKinds:\n  short: {reasons: [tea], limit: 5x}", "floor.yaml:4:27: breakKinds.short.limit: \"5x\" is not a duration such as 30m, 1h30m or 90s")]
    [InlineData(Pbx + "breakKinds:\n  short: {reasons: [tea]}\n  meal: {reasons: [Tea]}", "floor.yaml:5:3: breakKinds.meal: the reason \"Tea\" already means short")]
    [InlineData(Pbx + "breakKinds:\n  other: {reasons: [x]}", "floor.yaml:4:3: breakKinds.other: means the reasons that are no kind of break; choose another name")]
    [InlineData(Pbx + "shifts:\n  A: {start: \"09:00\"}", "floor.yaml:4:6: shifts.A.end: is required")]
    [InlineData(Pbx + "shifts:\n  A: {start: \"09:00\", end: \"18:00\", meals: [{from: \"17:50\", to: \"18:30\", length: 30m}]}", "floor.yaml:4:46: shifts.A.meals[0].from: the window lies outside the shift")]
    [InlineData(Pbx + "shifts:\n  A: {start: \"09:00\", end: \"18:00\", meals: [{from: \"11:00\", to: \"11:20\", length: 30m}]}", "floor.yaml:4:74: shifts.A.meals[0].length: is longer than the window from which it is taken")]
    [InlineData(Pbx + "phone: {}", "floor.yaml:3:8: phone.listen: is required")]
    [InlineData(Pbx + "phone: {listen: \"here:4573\"}", "floor.yaml:3:9: phone.listen: must be an address with a port, such as \"127.0.0.1:4573\"")]
    [InlineData(Pbx + "phone: {listen: \"0.0.0.0:4573\"}", "floor.yaml:3:8: phone.from: is required: the addresses of the switches that may connect")]
    [InlineData(Pbx + "phone: {listen: \"127.0.0.1:4573\", from: [pbx], language: cn, prompts: /etc}", "floor.yaml:3:35: phone.from: \"pbx\" is not an IP address", "floor.yaml:3:48: phone.language: \"cn\" is not one of zh, en; did you mean \"en\"?", "floor.yaml:3:62: phone.prompts: must be a folder beneath the switch's sounds, such as floor")]
    [InlineData(Pbx + "phone: {listen: \"127.0.0.1:4573\", wrongPins: 0, lockFor: 5s}", "floor.yaml:3:35: phone.wrongPins: \"0\" is not a whole number from 1 to 100", "floor.yaml:3:49: phone.lockFor: 5s is outside 1m to 24h")]
    [InlineData(Pbx + "openingHours: weekdays", "floor.yaml:3:1: openingHours: is always, or a list such as [{from: \"08:00\", to: \"22:00\", days: [monday, tuesday]}]")]
    [InlineData(Pbx + "openingHours:\n  - {from: \"08:00\", days: [mon]}", "floor.yaml:4:5: openingHours[0].to: is required", "floor.yaml:4:21: openingHours[0].days: \"mon\" is no weekday; known here: friday, monday, saturday, sunday, thursday, tuesday, wednesday")]
    [InlineData(Pbx + "---\nsite: b", "floor.yaml:4: holds more than one document (---)")]
    public void Floor_yaml_says_where_and_what(string yaml, params string[] expected)
    {
        using var folder = new ConfigFolder().Floor(yaml);
        Assert.Equal(expected, folder.Errors());
    }

    [Theory]
    [InlineData("id;name\n1001;A\n", "agents.csv:1: the first line must name the columns, separated by commas: id,name,team,interface,pin")]
    [InlineData("id,nmae,interface\n1001,A,PJSIP/1001\n", "agents.csv:1: nmae: unknown column; did you mean \"name\"?")]
    [InlineData("id,id,interface\n1,1,P/1\n", "agents.csv:1: id: the same column stands twice")]
    [InlineData("id,interface\n1,P/1\n1,P/2\n", "agents.csv:3: id: \"1\" stands twice")]
    [InlineData("id,interface\n1,P/1\n2,p/1\n", "agents.csv:3: interface: \"p/1\" is already 1's")]
    [InlineData("id,interface\n,P/1\n", "agents.csv:2: id: must be 1 to 64 characters")]
    [InlineData("id,interface,pin\n1,P/1,12a4\n", "agents.csv:2: pin: must be 4 to 12 digits, or empty")]
    [InlineData("id,interface\n1,P/1,x\n", "agents.csv:2: has 3 fields, but the first line names 2 columns")]
    [InlineData("id,interface,team\n1,P/1,B1\n", "agents.csv:2: team: \"B1\" is not among the teams of floor.yaml; did you mean \"B\"?")]
    [InlineData("id,interface\n1,P/1\n\n\n1,P/2\n", "agents.csv:5: id: \"1\" stands twice")]
    public void Agents_csv_says_where_and_what(string csv, params string[] expected)
    {
        using var folder = new ConfigFolder().Floor(Pbx + "teams: [{id: B}]").Agents(csv);
        Assert.Equal(expected, folder.Errors());
    }

    [Theory]
    [InlineData("settle-inn: {lock: 30m}", "rules.yaml:1: settle-inn: there is no rule settle-inn; did you mean \"settle-in\"?")]
    [InlineData("settle-in:\n  lok: 30m", "rules.yaml:2: settle-in.lok: settle-in has no setting lok; it has lock, except, revert_limit, enabled, mode, severity, overrides; did you mean \"lock\"?")]
    [InlineData("settle-in:\n  lock: soon", "rules.yaml:2: settle-in.lock: 'soon' is not a duration such as 30m, 90s or 1h30m")]
    [InlineData("settle-in:\n  overrides:\n    - {team: X, lock: 5m}", "rules.yaml:1:1: settle-in: an override is for team \"X\", which is not configured; did you mean \"B\"?")]
    public void Rules_yaml_says_where_and_what(string yaml, params string[] expected)
    {
        using var folder = new ConfigFolder().Floor(Pbx + "teams: [{id: B}]").Rules(yaml);
        Assert.Equal(expected, folder.Errors());
    }

    [Fact]
    public void A_certificate_that_is_none_is_said_in_its_own_line()
    {
        using var folder = new ConfigFolder().Floor("pbxs:\n  - name: a\n    kind: sip\n    host: h\n    username: u\n    secret: s\n    transport: tls\n    certificate: floor.yaml\n");
        Assert.StartsWith(
            "floor.yaml:8:5: pbxs[0].certificate: must be a PEM file with a certificate, and its key there or in the file that key names: ", Assert.Single(folder.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_in_all_files_is_said_at_once()
    {
        using var folder = new ConfigFolder().Floor("sight: a\npbxs:\n  - {name: a, kind: simulatd}\n").Agents("id,interface\n1,P/1\n1,P/2\n").Rules("settle-in: {lock: x}");
        Assert.Equal(["agents.csv:3", "floor.yaml:1:1", "floor.yaml:3:15", "rules.yaml:1"], folder.Errors().Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_folder_or_file_that_is_not_there_is_said()
    {
        using var folder = new ConfigFolder();
        Assert.Equal(["floor.yaml: is missing; a configuration needs at least this file, with pbxs"], folder.Errors());
        var nowhere = Path.Combine(folder.Path, "nowhere");
        Assert.Equal($"{nowhere}: there is no such folder", Assert.Single(FloorMonitor.Service.Configuration.ConfigLoader.Load(nowhere).Errors).ToString());
    }

    [Fact]
    public void Bytes_that_are_no_text_and_nesting_without_end_are_refused()
    {
        using var binary = new ConfigFolder().Write("floor.yaml", [0xC3, 0x28, 0x00, 0xFF]);
        Assert.Equal(["floor.yaml: is not UTF-8 text; save it as UTF-8"], binary.Errors());
        using var deep = new ConfigFolder().Floor("site: " + new string('[', 100_000));
        Assert.Equal(["floor.yaml:1:38: is nested more than 32 deep"], deep.Errors());
        using var utf16 = new ConfigFolder().Floor(Pbx).Write("agents.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("id,interface")).ToArray());
        Assert.Equal(["agents.csv: is UTF-16 text; save it as \"CSV UTF-8\""], utf16.Errors());
    }

    [Fact]
    public void A_secret_is_never_in_an_error_nor_in_the_text_of_a_configuration()
    {
        using var folder = new ConfigFolder().Floor("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: \"${S}\", port: x}");
        Assert.DoesNotContain("hunter2", string.Join('\n', folder.Errors(("S", "hunter2"))), StringComparison.Ordinal);
        using var right = new ConfigFolder().Floor("pbxs:\n  - {name: a, kind: ami, host: h, username: u, secret: \"${S}\"}");
        var pbx = right.Load(("S", "hunter2")).Config!.Pbxs[0];
        Assert.Equal("hunter2", pbx.Secret);
        Assert.DoesNotContain("hunter2", pbx.ToString(), StringComparison.Ordinal);
    }
}
