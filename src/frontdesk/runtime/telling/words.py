"""What people read of alarms outside the desk, in three languages."""

from __future__ import annotations

from typing import Final

from frontdesk.kernel.alarms.rules import AGES, RATIOS, AlarmMeasure

_M = AlarmMeasure

MEASURES: Final[dict[str, dict[AlarmMeasure, str]]] = {
    "en": {
        _M.BREAK_OVERSTAY_MS: "Break past its time",
        _M.OFFERS_MISSED: "Offers not answered in a row",
        _M.CONTACT_MS: "In conversation for",
        _M.HOLD_MS: "Customer on hold for",
        _M.WRAP_UP_MS: "In wrap-up for",
        _M.AGENTS_AVAILABLE: "Agents available",
        _M.OLDEST_WAIT_MS: "The oldest has waited for",
        _M.SERVICE_LEVEL_RATIO: "Service level",
        _M.ABANDONED_RATIO: "Share of abandoned",
        _M.FLOW_FAILURES: "Failed runs of the flow",
        _M.CHANNEL_DOWN_MS: "Channel down for",
        _M.TRUNK_LOAD_RATIO: "Lines in use",
    },
    "ru": {
        _M.BREAK_OVERSTAY_MS: "Перерыв дольше положенного на",
        _M.OFFERS_MISSED: "Подряд не принято предложений",
        _M.CONTACT_MS: "Разговор длится",
        _M.HOLD_MS: "Клиент на удержании",
        _M.WRAP_UP_MS: "Завершение длится",
        _M.AGENTS_AVAILABLE: "Доступно агентов",
        _M.OLDEST_WAIT_MS: "Дольше всех ждут",
        _M.SERVICE_LEVEL_RATIO: "Уровень сервиса",
        _M.ABANDONED_RATIO: "Доля потерянных",
        _M.FLOW_FAILURES: "Сбоев сценария",
        _M.CHANNEL_DOWN_MS: "Канал не работает",
        _M.TRUNK_LOAD_RATIO: "Занято линий",
    },
    "ro": {
        _M.BREAK_OVERSTAY_MS: "Pauză depășită cu",
        _M.OFFERS_MISSED: "Oferte fără răspuns la rând",
        _M.CONTACT_MS: "În conversație de",
        _M.HOLD_MS: "Client în așteptare de",
        _M.WRAP_UP_MS: "Finalizare de",
        _M.AGENTS_AVAILABLE: "Agenți disponibili",
        _M.OLDEST_WAIT_MS: "Cel mai vechi așteaptă de",
        _M.SERVICE_LEVEL_RATIO: "Nivelul de servire",
        _M.ABANDONED_RATIO: "Ponderea abandonurilor",
        _M.FLOW_FAILURES: "Rulări eșuate ale scenariului",
        _M.CHANNEL_DOWN_MS: "Canal nefuncțional de",
        _M.TRUNK_LOAD_RATIO: "Linii ocupate",
    },
}

LINES: Final = {
    "en": {
        "raised": "Alarm",
        "escalated": "Alarm, acknowledged by nobody",
        "cleared": "Over",
        "agent": "Agent",
        "queue": "Queue",
        "about": "About",
        "contact": "Contact",
        "threshold": "Threshold",
        "time": "Raised at",
    },
    "ru": {
        "raised": "Тревога",
        "escalated": "Тревога без ответа",
        "cleared": "Закончилось",
        "agent": "Агент",
        "queue": "Очередь",
        "about": "О чём",
        "contact": "Контакт",
        "threshold": "Порог",
        "time": "Поднята",
    },
    "ro": {
        "raised": "Alarmă",
        "escalated": "Alarmă fără răspuns",
        "cleared": "Încheiat",
        "agent": "Agent",
        "queue": "Coadă",
        "about": "Despre",
        "contact": "Contact",
        "threshold": "Prag",
        "time": "Ridicată la",
    },
}


def say_value(measure: AlarmMeasure, value: float) -> str:
    """A measured value as people read it: `12:30`, `62 %`, `3`."""
    if measure in AGES:
        minutes, seconds = divmod(round(value / 1_000), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{value * 100:.0f} %" if measure in RATIOS else f"{value:g}"
