using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FloorMonitor.Pbx.Agi;
using FloorMonitor.Tests.Agi;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Agi;

/// <summary>The phone's door as a server: what it reads, what it bears, and that one call never costs another.</summary>
public sealed class AgiServerTests : IAsyncDisposable
{
    private static readonly AgiOptions Usual = new(new IPEndPoint(IPAddress.Loopback, 0), [IPAddress.Loopback]);
    private readonly FakeTimeProvider time = new();
    private readonly ConcurrentQueue<AgiSession> seen = new();
    private readonly List<AgiServer> servers = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
    }

    private IPEndPoint Open(Func<AgiSession, CancellationToken, Task>? handle = null, AgiOptions? options = null)
    {
        var server = new AgiServer(
            options ?? Usual,
            async (session, stop) =>
            {
                seen.Enqueue(session);
                if (handle is not null) await handle(session, stop);
            },
            time,
            NullLogger<AgiServer>.Instance);
        servers.Add(server);
        server.Start();
        return server.Endpoint;
    }

    [Fact]
    public async Task What_the_dialplan_asks_is_read_with_its_parameters_and_the_phone()
    {
        using var call = new FakeCall();
        await call.RunAsync(Open(), FakeCall.Request("break?kind=%E5%B0%8F%E4%BC%91&lang=&queues=a,b"), Stop);
        Assert.True(seen.TryDequeue(out var session));
        var request = session.Request;
        Assert.Equal(("break", "小休", "a,b", null), (request.Script, request.Parameter("kind"), request.Parameter("queues"), request.Parameter("lang")));
        Assert.Equal(("PJSIP/1001", "1001", "1001", "en"), (request.Address, request.Seat, request.CallerId, request.Language));
    }

    [Fact]
    public async Task Orders_are_answered_one_by_one_and_values_are_quoted()
    {
        var replies = new List<AgiReply>();
        using var call = new FakeCall { Sounds = { "floor/zh/refused" } };
        await call.RunAsync(
            Open(async (session, _) =>
            {
                replies.Add(await session.SetVariableAsync("FLOOR_TEXT", "还需 \"1\" 秒 \\"));
                replies.Add(await session.PlayAsync("floor/zh/refused"));
                replies.Add(await session.PlayAsync("floor/zh/none"));
                replies.Add(await session.SayNumberAsync(12));
            }),
            FakeCall.Request("break"),
            Stop);
        Assert.Equal(["SET VARIABLE FLOOR_TEXT \"还需 \\\"1\\\" 秒 \\\\\"", "STREAM FILE \"floor/zh/refused\" \"\"", "STREAM FILE \"floor/zh/none\" \"\"", "SAY NUMBER 12 \"\""], call.Orders);
        Assert.Equal([false, false, true, false], replies.Select(reply => reply.IsMissingFile));
        Assert.Equal([true, true, false, true], replies.Select(reply => reply.IsDone));
    }

    [Theory]
    [InlineData("a\nSET VARIABLE FLOOR_VERDICT granted")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public async Task A_value_that_would_be_another_order_never_leaves(string evil)
    {
        ArgumentException? refused = null;
        using var call = new FakeCall();
        await call.RunAsync(Open(async (session, _) => refused = await Assert.ThrowsAsync<ArgumentException>(() => session.SetVariableAsync("FLOOR_RULE", evil))), FakeCall.Request("break"), Stop);
        Assert.NotNull(refused);
        Assert.Empty(call.Orders);
    }

    [Fact]
    public async Task A_hang_up_between_the_answers_is_noticed_and_what_was_asked_is_still_answered()
    {
        AgiReply? reply = null;
        using var call = new FakeCall { HangsUpAt = "SAY NUMBER 5 \"\"" };
        await call.RunAsync(Open(async (session, _) => reply = await session.SayNumberAsync(5)), FakeCall.Request("break"), Stop);
        Assert.True(seen.TryDequeue(out var session) && session.HasHungUp);
        Assert.True(reply!.Value.IsDone);
    }

    [Theory]
    [InlineData("520-Invalid command syntax.  Proper usage follows:\n Says a given number.\n200 is no answer here\n520 End of proper usage.\n", 520)]
    [InlineData("510 Invalid or unknown command\n", 510)]
    [InlineData("511 Command Not Permitted on a dead channel or intercept routine\n", 511)]
    [InlineData("200 result=1 (speech) endpos=99999999999999999999\n", 200)]
    [InlineData("garbage\n\u0001\u0002\n200 result=\n", 200)]
    public async Task Whatever_is_answered_an_answer_is_found_in_it(string answer, int code)
    {
        var reply = new TaskCompletionSource<AgiReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var call = new FakeCall();
        await call.ConnectAsync(Open(async (session, _) => reply.SetResult(await session.SayNumberAsync(5))), Stop);
        await call.SendAsync(string.Join('\n', FakeCall.Request("break")) + "\n\n", Stop);
        await call.OrderAsync(Stop);
        await call.SendAsync(answer, Stop);
        Assert.Equal(code == 520 ? 200 : code, (await reply.Task.WaitAsync(Stop)).Code is 520 ? 200 : (await reply.Task).Code);
    }

    public static TheoryData<string> Hostile =>
    [
        "\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "agi_network_script\n\n",
        "agi_network: yes\nExec: x\n\n",
        new string('a', 20_000),
        "agi_x: " + new string('b', 9_000) + "\n\n",
        string.Concat(Enumerable.Repeat("agi_arg: x\n", 200)) + "\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_is_no_AGI_is_let_go_and_the_next_call_is_served(string bytes)
    {
        var gate = Open();
        using (var stranger = new FakeCall())
        {
            await stranger.ConnectAsync(gate, Stop);
            await stranger.SendAsync(Encoding.UTF8.GetBytes(bytes), Stop);
            await ClosedAsync(stranger);
        }

        Assert.Empty(seen);
        using var call = new FakeCall();
        await call.RunAsync(gate, FakeCall.Request("resume"), Stop);
        Assert.Equal("resume", Assert.Single(seen).Request.Script);
    }

    [Fact]
    public async Task The_request_may_come_a_byte_at_a_time()
    {
        using var call = new FakeCall();
        await call.ConnectAsync(Open(), Stop);
        foreach (var one in Encoding.UTF8.GetBytes(string.Join("\r\n", FakeCall.Request("break?kind=小休")) + "\r\n\r\n")) await call.SendAsync([one], Stop);
        Assert.Null(await call.OrderAsync(Stop));
        Assert.Equal("小休", Assert.Single(seen).Request.Parameter("kind"));
    }

    [Fact]
    public async Task Who_is_not_named_is_turned_away_at_once()
    {
        using var call = new FakeCall();
        await call.ConnectAsync(Open(options: Usual with { From = [IPAddress.Parse("192.0.2.10")] }), Stop);
        Assert.Null(await call.OrderAsync(Stop));
        Assert.Empty(seen);
    }

    [Fact]
    public async Task More_calls_than_there_is_room_for_are_turned_away_and_room_comes_back()
    {
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = Open((_, stop) => leave.Task.WaitAsync(stop), Usual with { MaxConnections = 2 });
        var text = string.Join('\n', FakeCall.Request("break")) + "\n\n";
        using FakeCall first = new(), second = new(), third = new();
        foreach (var call in new[] { first, second })
        {
            await call.ConnectAsync(gate, Stop);
            await call.SendAsync(text, Stop);
        }

        while (seen.Count < 2) await Task.Yield();
        await third.ConnectAsync(gate, Stop);
        Assert.Null(await third.OrderAsync(Stop));
        leave.SetResult();
        Assert.Null(await first.OrderAsync(Stop));
        Assert.Null(await second.OrderAsync(Stop));
        // The room is free a moment after the connection is closed.
        for (; seen.Count < 3; await Task.Yield())
        {
            using var fourth = new FakeCall();
            await fourth.ConnectAsync(gate, Stop);
            await fourth.SendAsync(text, Stop);
            Assert.Null(await fourth.OrderAsync(Stop));
        }
    }

    [Fact]
    public async Task A_switch_that_hangs_is_let_go_when_its_time_is_over()
    {
        using var call = new FakeCall();
        await call.ConnectAsync(Open(async (session, _) => await session.SayNumberAsync(5)), Stop);
        await call.SendAsync(string.Join('\n', FakeCall.Request("break")) + "\n\n", Stop);
        Assert.Equal("SAY NUMBER 5 \"\"", await call.OrderAsync(Stop));
        await ClosedAsync(call);
    }

    [Fact]
    public async Task A_bug_in_the_handler_costs_that_call_its_answer_and_no_other()
    {
        var gate = Open((session, _) => session.Request.Script == "bug" ? throw new InvalidOperationException("on purpose") : Task.CompletedTask);
        using FakeCall bad = new(), good = new();
        await bad.RunAsync(gate, FakeCall.Request("bug"), Stop);
        await good.RunAsync(gate, FakeCall.Request("resume"), Stop);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Closing_the_door_lets_go_of_who_is_in_it()
    {
        var gate = Open((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        using var call = new FakeCall();
        await call.ConnectAsync(gate, Stop);
        await call.SendAsync(string.Join('\n', FakeCall.Request("break")) + "\n\n", Stop);
        while (seen.IsEmpty) await Task.Yield();
        await servers[0].DisposeAsync();
        servers.Clear();
        Assert.Null(await call.OrderAsync(Stop));
    }

    // A few bytes that end in no line are waited for until their time is over.
    private async Task ClosedAsync(FakeCall call)
    {
        var closed = call.OrderAsync(Stop);
        while (!closed.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Null(await closed);
    }
}
