using System.Net;
using System.Security.Cryptography;
using System.Text;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>Login and the plain actions, byte for byte as Asterisk 22.10 answered them.</summary>
public sealed class SimulatedLoginTests : IAsyncLifetime
{
    private readonly SimulatedPbx _pbx = new(SmallFloor.Plan(), SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));

    public async ValueTask InitializeAsync() => await _pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));

    public ValueTask DisposeAsync() => _pbx.DisposeAsync();

    [Fact]
    public async Task Nothing_but_login_is_answered_before_it()
    {
        using var client = await RawAmiClient.ConnectAsync(_pbx.Endpoint);
        Assert.Equal("Response: Error\r\nActionID: b1\r\nMessage: Permission denied\r\n\r\n", await client.AskAsync("Action: Ping\r\nActionID: b1\r\n\r\n"));
    }

    [Theory]
    [InlineData("monitor", "wrong")]
    [InlineData("nobody", "demo")]
    public async Task A_wrong_secret_is_answered_with_an_error_and_the_link_is_closed(string user, string secret)
    {
        using var client = await RawAmiClient.ConnectAsync(_pbx.Endpoint);
        await client.SendAsync($"Action: Login\r\nActionID: b2\r\nUsername: {user}\r\nSecret: {secret}\r\n\r\n");
        Assert.Equal("Response: Error\r\nActionID: b2\r\nMessage: Authentication failed\r\n\r\n", await client.ReadToCloseAsync());
    }

    [Fact]
    public async Task The_challenge_is_answered_with_its_md5()
    {
        using var client = await RawAmiClient.ConnectAsync(_pbx.Endpoint);
        var reply = await client.AskAsync("Action: Challenge\r\nAuthType: MD5\r\n\r\n");
        Assert.StartsWith("Response: Success\r\nChallenge: ", reply, StringComparison.Ordinal);
        var challenge = reply.Split("Challenge: ")[1].Trim();
#pragma warning disable CA5351 // AMI's challenge is defined with MD5.
        var key = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + "demo")));
#pragma warning restore CA5351
        Assert.Contains("Authentication accepted", await client.AskAsync($"Action: Login\r\nAuthType: MD5\r\nUsername: monitor\r\nKey: {key}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_login_it_says_that_it_is_fully_booted()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "system");
        Assert.Matches("^Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: [0-9]+\r\nLastReload: [0-9]+\r\nStatus: Fully Booted\r\n\r\n$", await client.ReadToAsync("\r\n\r\n"));
    }

    [Theory]
    [InlineData("Action: Ping\r\nActionID: q\r\n\r\n", "Response: Success\r\nActionID: q\r\nPing: Pong\r\nTimestamp: 1795446000.000000\r\n\r\n")]
    [InlineData("aCTION: pInG\r\nactionid:q2\r\n\r\n", "Response: Success\r\nActionID: q2\r\nPing: Pong\r\nTimestamp: 1795446000.000000\r\n\r\n")]
    [InlineData("junk without colon\nAction: Ping\nActionID: q3\nActionID: q4\n\n", "Response: Success\r\nActionID: q3\r\nPing: Pong\r\nTimestamp: 1795446000.000000\r\n\r\n")]
    [InlineData("Foo: bar\r\n\r\n", "Response: Error\r\nMessage: Missing action in request\r\n\r\n")]
    [InlineData("\r\n", "Response: Error\r\nMessage: Missing action in request\r\n\r\n")]
    [InlineData("Action: Nonsense\r\nActionID: b40\r\n\r\n", "Response: Error\r\nActionID: b40\r\nMessage: Invalid/unknown command: Nonsense. Use Action: ListCommands to show available commands.\r\n\r\n")]
    [InlineData("Action: Login\r\nActionID: l\r\nUsername: monitor\r\nSecret: demo\r\n\r\n", "Response: Success\r\nActionID: l\r\nMessage: Already authenticated\r\n\r\n")]
    [InlineData("Action: Events\r\nActionID: e\r\nEventMask: call,agent\r\n\r\n", "Response: Success\r\nActionID: e\r\nEvents: On\r\n\r\n")]
    [InlineData("Action: Events\r\nActionID: e\r\nEventMask: zzz\r\n\r\n", "Response: Success\r\nActionID: e\r\nEvents: Off\r\n\r\n")]
    [InlineData("Action: Events\r\nActionID: e\r\n\r\n", "Response: Error\r\nActionID: e\r\nMessage: Invalid event mask\r\n\r\n")]
    [InlineData("Action: Filter\r\nActionID: f\r\nOperation: Add\r\nFilter: !Event: VarSet\r\n\r\n", "Response: Success\r\nActionID: f\r\nMessage: Success\r\n\r\n")]
    [InlineData("Action: Filter\r\nActionID: f\r\nOperation: Add\r\nFilter: Event: Bad([\r\n\r\n", "Response: Error\r\nActionID: f\r\nMessage: Filter did not compile.  Check the syntax of the filter given.\r\n\r\n")]
    [InlineData("Action: Filter\r\nActionID: f\r\n\r\n", "Response: Error\r\nActionID: f\r\nMessage: Unknown operation\r\n\r\n")]
    public async Task An_action_is_answered_as_the_real_switch_answers_it(string action, string expected)
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        Assert.Equal(expected, await client.AskAsync(action));
    }

    [Fact]
    public async Task A_line_too_long_is_refused_and_the_session_goes_on()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        var reply = await client.AskAsync($"Action: Ping\r\nActionID: big\r\nX: {new string('y', 100_000)}\r\n\r\n");
        Assert.Equal("Response: Error\r\nActionID: big\r\nMessage: Failed to parse message: line too long\r\n\r\n", reply);
        Assert.Contains("Pong", await client.AskAsync("Action: Ping\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logoff_says_goodbye_and_closes()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        await client.SendAsync("Action: Logoff\r\nActionID: a20\r\n\r\n");
        Assert.Equal("Response: Goodbye\r\nActionID: a20\r\nMessage: Thanks for all the fish.\r\n\r\n", await client.ReadToCloseAsync());
    }
}
