namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>The witness itself is read rightly: else everything would agree with nothing.</summary>
public sealed class QueueShowTests
{
    [Fact]
    public void Members_pauses_calls_and_callers_are_read_as_printed()
    {
        var queues = QueueShow.Parse("""
            desk has 0 calls (max unlimited) in 'rrmemory' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 20s
               Members: 
                  陈静 (PJSIP/1006) (ringinuse disabled) (Unavailable) has taken no calls yet (login was 18 secs ago)
               No Callers

            support has 2 calls (max unlimited) in 'rrmemory' strategy (1s holdtime, 4s talktime), W:0, C:1, A:0, SL:100.0%, SL2:100.0% within 20s
               Members: 
                  PJSIP/1001 (ringinuse disabled) (dynamic) (in call) (In use) has taken 1 calls (last was 5 secs ago) (login was 11 secs ago)
                  Li Wei (Local/2001@agents/n) (ringinuse disabled) (dynamic) (paused:meal was 3 secs ago) (Not in use) has taken no calls yet (login was 3 secs ago)
               Callers: 
                  1. PJSIP/trunk-00000000 (wait: 0:02, prio: 0)
                  2. Local/s@caller-00000001;1 (wait: 0:01, prio: 0)

            """);
        Assert.Equal(["desk", "support"], queues.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("PJSIP/1006", false, false, 0), (queues["desk"].Members.Single().Address, queues["desk"].Members.Single().Paused, queues["desk"].Members.Single().InCall, queues["desk"].Callers));
        Assert.Equal(
            [("PJSIP/1001", false, true), ("Local/2001@agents/n", true, false)],
            queues["support"].Members.Select(member => (member.Address, member.Paused, member.InCall)));
        Assert.Equal(2, queues["support"].Callers);
    }
}
