/** Whether the browser lets this page notify, asked for once by a person's click; what the page itself has to say, beside alerts (alerts.ts). */
class Reminding {
  permission = $state<NotificationPermission>(typeof Notification === 'undefined' ? 'denied' : Notification.permission);

  async ask(): Promise<void> { this.permission = await Notification.requestPermission(); }

  /** Shows one where that is allowed; the same tag again replaces it. `stays`: until it is clicked away. */
  show(title: string, { body, tag, stays = false }: { body?: string; tag: string; stays?: boolean }): void {
    if (this.permission === 'granted') new Notification(title, { body, tag, requireInteraction: stays });
  }
}

export const notifications = new Reminding();
